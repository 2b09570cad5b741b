"""What a browser posts of a form: every control that is filled in, as the page set it."""

from html.parser import HTMLParser

from django.http import QueryDict

Attributes = dict[str, str | None]


class Controls(HTMLParser):
    """The controls of the form with an id, as (name, value), in their order."""

    def __init__(self, form: str) -> None:
        super().__init__()
        self.form, self.inside = form, False
        self.found: list[tuple[str, str]] = []
        self.area: list[str] | None = None
        self.name = ""
        self.options: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has: Attributes = dict(attrs)
        if tag == "form":
            self.inside = has.get("id") == self.form
        if not self.inside or "disabled" in has:
            return
        name, value = has.get("name") or "", has.get("value")
        match tag, has.get("type"):
            case "input", "checkbox" | "radio":
                if "checked" in has:
                    self.found.append((name, "on" if value is None else value))
            case "input", "file":
                pass
            case "input", _:
                self.found.append((name, value or ""))
            case "textarea", _:
                self.name, self.area = name, []
            case "select", _:
                self.name, self.options = name, []
            case "option", _:
                self.options.append((value or "", "selected" in has))

    def handle_data(self, data: str) -> None:
        if self.area is not None:
            self.area.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self.area is not None:
            # The line end after the tag is no part of it, and others are sent as two characters.
            text = "".join(self.area).removeprefix("\n")
            self.found.append((self.name, text.replace("\n", "\r\n")))
            self.area = None
        elif tag == "select" and self.inside:
            chosen = [value for value, selected in self.options if selected] or [self.options[0][0]]
            self.found += [(self.name, value) for value in chosen]
        elif tag == "form":
            self.inside = False


def posted(html: str, form: str = "making", /, **typed: str) -> QueryDict:
    """The fields of a form as they would be sent unchanged, but for what was `typed` over them."""
    controls = Controls(form)
    controls.feed(html)
    fields = QueryDict(mutable=True)
    for name, value in controls.found:
        fields.appendlist(name, value)
    for name, value in typed.items():
        fields[name] = value
    return fields
