// Small help on every page, bound to data- attributes. Everything reads and posts without this file.

/** Messages float at the bottom and can be closed; nothing leaves by itself. */
function floatToasts(list) {
  list.classList.add("toasts--floating");
  for (const toast of list.querySelectorAll("[data-toast]")) {
    const close = document.createElement("button");
    close.type = "button";
    close.className = "toast__close";
    close.setAttribute("aria-label", list.dataset.close);
    close.textContent = "×";
    close.addEventListener("click", () => {
      toast.remove();
      if (!list.querySelector("[data-toast]")) list.remove();
    });
    toast.append(close);
  }
}

/** A link with data-dialog="id" opens that dialog here instead of the page that asks the same question. */
function openDialog(link) {
  const dialog = document.getElementById(link.dataset.dialog);
  if (!(dialog instanceof HTMLDialogElement)) return;
  link.addEventListener("click", (event) => {
    event.preventDefault();
    dialog.showModal();
  });
  for (const leave of dialog.querySelectorAll("[data-dialog-close]")) {
    leave.addEventListener("click", (event) => {
      event.preventDefault();
      dialog.close();
    });
  }
}

/**
 * A second press of the same button while the first is under way does nothing.
 * The button stays enabled, so its name and value are sent, and it works again when the page comes back.
 */
function guardDoubleSubmit(form) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent && Date.now() - Number(form.dataset.sent) < 8000) {
      event.preventDefault();
      return;
    }
    if (event.defaultPrevented) return;
    form.dataset.sent = String(Date.now());
    event.submitter?.setAttribute("aria-busy", "true");
  });
}

function forgetSubmits() {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  for (const button of document.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
}

/** A text field grows with what is typed, where the browser does not do so by itself (field-sizing). */
function grow(area) {
  const fit = () => {
    area.style.blockSize = "auto";
    area.style.blockSize = `${area.scrollHeight + area.offsetHeight - area.clientHeight}px`;
  };
  area.addEventListener("input", fit);
  fit();
}

/** After a refused form the list of what is wrong gets the focus. */
function focusSummary(summary) {
  summary.focus({ preventScroll: false });
}

function enhance(root) {
  root.querySelectorAll("[data-toasts]:not(.toasts--floating)").forEach(floatToasts);
  root.querySelectorAll("[data-dialog]").forEach(openDialog);
  root.querySelectorAll("form[method=post]:not([data-resubmit])").forEach(guardDoubleSubmit);
  root.querySelectorAll("[data-error-summary]").forEach(focusSummary);
  if (!CSS.supports("field-sizing", "content")) root.querySelectorAll("textarea").forEach(grow);
}

enhance(document);
window.addEventListener("pageshow", (event) => event.persisted && forgetSubmits());
document.addEventListener("htmx:afterRequest", forgetSubmits);
document.addEventListener("htmx:load", (event) => event.target !== document.body && enhance(event.target));
