"""Keeping what an institution plans: steps, private rows, calendars; typed by its people, binding nobody.

Every verb takes `institution`, `by` (the username) and `at`, and raises Refused with the reason where a rule says no.
"""

from koryu.planning.actions.candidate_answers import answer_candidates as answer_candidates
from koryu.planning.actions.candidate_answers import delete_old_candidates as delete_old_candidates
from koryu.planning.actions.candidate_answers import note_asked as note_asked
from koryu.planning.actions.candidate_answers import put_forward as put_forward
from koryu.planning.actions.candidate_answers import withdraw_candidate as withdraw_candidate
from koryu.planning.actions.keep_arrangements import CHANGED_MEANWHILE as CHANGED_MEANWHILE
from koryu.planning.actions.keep_arrangements import count_days_anew as count_days_anew
from koryu.planning.actions.keep_arrangements import delete_old_rows as delete_old_rows
from koryu.planning.actions.keep_arrangements import delete_sheets as delete_sheets
from koryu.planning.actions.keep_arrangements import keep_arranged as keep_arranged
from koryu.planning.actions.keep_arrangements import say_of_sheet as say_of_sheet
from koryu.planning.actions.keep_calendars import PERIOD_GONE as PERIOD_GONE
from koryu.planning.actions.keep_calendars import keep_override as keep_override
from koryu.planning.actions.keep_calendars import keep_period as keep_period
from koryu.planning.actions.keep_calendars import keep_settings as keep_settings
from koryu.planning.actions.keep_calendars import load_announced as load_announced
from koryu.planning.actions.keep_calendars import load_periods as load_periods
from koryu.planning.actions.keep_calendars import remove_announced as remove_announced
from koryu.planning.actions.keep_calendars import remove_override as remove_override
from koryu.planning.actions.keep_calendars import remove_period as remove_period
from koryu.planning.actions.keep_calendars import take_suggested as take_suggested
from koryu.planning.actions.keep_customs import add_custom as add_custom
from koryu.planning.actions.keep_customs import change_custom as change_custom
from koryu.planning.actions.keep_customs import remove_custom as remove_custom
from koryu.planning.actions.keep_private_rows import keep_rows as keep_rows
from koryu.planning.actions.keep_steps import add_step as add_step
from koryu.planning.actions.keep_steps import change_step as change_step
from koryu.planning.actions.keep_steps import close as close
from koryu.planning.actions.keep_steps import finish_step as finish_step
from koryu.planning.actions.keep_steps import note_reply as note_reply
from koryu.planning.actions.keep_steps import open_again as open_again
from koryu.planning.actions.keep_steps import remove_step as remove_step
from koryu.planning.actions.keep_steps import reopen_step as reopen_step
from koryu.planning.actions.keep_translations import ask_translations as ask_translations
from koryu.planning.actions.keep_translations import note_translations as note_translations
from koryu.planning.actions.keep_translations import still_right as still_right
from koryu.planning.actions.told_events import note_events as note_events
