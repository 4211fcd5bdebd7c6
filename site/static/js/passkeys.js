// Says in words that a passkey did not work, or that somebody stopped it, where allauth would only write to the console.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const problem = document.querySelector("[data-passkey-problem]");
  if (problem) problem.hidden = false;
});
