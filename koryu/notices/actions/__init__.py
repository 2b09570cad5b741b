"""The verbs of notices: gathering what people are to be told, sending it, putting it aside. Each may be repeated."""

from koryu.notices.actions.gathering import Gathered, forget, gather
from koryu.notices.actions.sending import Sent, note_round, note_sent, put_aside, send, send_waiting

__all__ = ["Gathered", "Sent", "forget", "gather", "note_round", "note_sent", "put_aside", "send", "send_waiting"]
