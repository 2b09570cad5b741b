"""The verbs of notices: gathering what people are to be told, sending it, putting it aside. Each may be repeated."""

from koryu.notices.actions.collect import Gathered, forget, gather
from koryu.notices.actions.send import SendingResult, as_mail_file, note_round, note_sent, put_aside, send, send_waiting

__all__ = [
    "Gathered",
    "SendingResult",
    "as_mail_file",
    "forget",
    "gather",
    "note_round",
    "note_sent",
    "put_aside",
    "send",
    "send_waiting",
]
