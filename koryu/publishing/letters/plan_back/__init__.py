"""A plan that went out as a letter and comes back changed: what of it differs, and the plan with what is taken. Pure.

What was sent, what came and what stands now are compared value by value. What was not printed is never touched; what
is not understood, or was changed on both sides, is shown and not taken unless somebody says so.
"""

from koryu.publishing.letters.plan_back.compared import PlanBack, PlanChange, plan_changes
from koryu.publishing.letters.plan_back.sent_plan import SentPlan, sent_plan
from koryu.publishing.letters.plan_back.taken import with_changes_taken
from koryu.publishing.letters.plan_back.typed_values import PlanNames

__all__ = ["PlanBack", "PlanChange", "PlanNames", "SentPlan", "plan_changes", "sent_plan", "with_changes_taken"]
