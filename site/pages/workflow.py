"""The workflow that every page and every snippet with drafts passes: editor → medical reviewer → published."""

from __future__ import annotations

from django.apps import apps
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from wagtail.models import (
    GroupApprovalTask,
    Page,
    Workflow,
    WorkflowContentType,
    WorkflowMixin,
    WorkflowPage,
    WorkflowTask,
)

from accounts.groups import GROUPS
from accounts.models import Role

NAME = "Medische controle"
OF_WAGTAIL = "Moderators approval"


def ensure_workflow() -> None:
    """Make the workflow and lay it on the whole tree and on snippets, in place of the one that Wagtail brings.

    A workflow that an administrator laid on the root since then stays.
    """
    root = Page.get_first_root_node()
    if root is None:
        return
    laid = WorkflowPage.objects.filter(page=root).exclude(workflow__name=OF_WAGTAIL).first()
    workflow = laid.workflow if laid else _medical_workflow()
    if laid is None:
        WorkflowPage.objects.update_or_create(page=root, defaults={"workflow": workflow})
        Workflow.objects.filter(name=OF_WAGTAIL).update(active=False)
    _lay_on_snippets(workflow)


def _medical_workflow() -> Workflow:
    workflow, _made = Workflow.objects.get_or_create(name=NAME)
    task, _made = GroupApprovalTask.objects.get_or_create(name=NAME)
    group, _made = Group.objects.get_or_create(name=GROUPS[Role.MEDICAL_REVIEWER])
    task.groups.set([group])
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": 0})
    return workflow


def _lay_on_snippets(workflow: Workflow) -> None:
    """Let questions, quizzes and cases pass it too; another workflow that somebody chose for them stays."""
    for model in apps.get_models():
        if issubclass(model, WorkflowMixin) and not issubclass(model, Page):
            kind = ContentType.objects.get_for_model(model)
            WorkflowContentType.objects.get_or_create(content_type=kind, defaults={"workflow": workflow})
