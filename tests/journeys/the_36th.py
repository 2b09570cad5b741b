"""The 36th exchange of two libraries as the shipped record has it: how it is typed, and what is compared."""

from typing import Any, Final

from koryu.values.text import Text
from tests.shipped import BASE, shipped

COLUMNS: Final = ("name:en", "post:en", "unit:en", "roles", "remark:en")


def member_typed(member: dict[str, Any]) -> dict[str, str]:
    """A member as an officer would type it into the columns: posts with `;` between them, roles with commas."""
    posts = member.get("posts", [])
    name = shipped()[member["person"].removeprefix(BASE)].title
    return {
        "name:en": Text.shown(name, "en").text,
        "post:en": "; ".join(post.get("post", {}).get("en", "") for post in posts).rstrip("; "),
        "unit:en": "; ".join(post.get("unit", {}).get("en", "") for post in posts).rstrip("; "),
        "roles": ", ".join(member.get("roles", [])),
        "remark:en": member.get("remark", {}).get("en", ""),
    }


def list_compared(content: dict[str, Any]) -> dict[str, Any]:
    """What is compared: side, size and each member in order, without names, ids, bodies of posts and translations."""
    return {
        "side": content["side"],
        "size_stated": content.get("size_stated"),
        "members": [
            {
                "posts": [
                    {name: post[name]["en"] for name in ("post", "unit") if name in post}
                    for post in member.get("posts", [])
                ],
                "roles": member.get("roles", ["member"]),
                "counted": member.get("counted", True),
                "remark": member.get("remark", {}).get("en", ""),
            }
            for member in content["members"]
        ],
    }


def papers_of(institution: str) -> list[dict[str, Any]]:
    """What an institution gave at the 36th exchange, as it is shipped."""
    contents = (document.content() for document in shipped().values() if document.kind == "paper")
    return [
        content
        for content in contents
        if content["exchange"].endswith("ndl-nlc-36") and content["institution"].endswith(f"/{institution}")
    ]


def paper_typed(content: dict[str, Any]) -> tuple[str, str, str]:
    """A paper as an officer would type it: kind, speakers with their posts in brackets, title."""
    speakers = []
    for speaker in content["speakers"]:
        name = Text.shown(shipped()[speaker["person"].removeprefix(BASE)].title, "en").text
        posts = (", ".join(post[part]["en"] for part in ("post", "unit") if part in post) for post in speaker["posts"])
        speakers.append(f"{name} ({'; '.join(posts)})")
    return content["type"], "; ".join(speakers), content["title"]["en"]


def paper_compared(content: dict[str, Any]) -> dict[str, Any]:
    """What is compared: all but names of people and records, ids and sources."""
    speakers = [
        [{part: post[part] for part in ("post", "unit") if part in post} for post in speaker["posts"]]
        for speaker in content["speakers"]
    ]
    kept = {name: content[name] for name in content if name not in ("exchange", "institution", "sources", "speakers")}
    return {**kept, "institution": content["institution"].rpartition("/")[2], "speakers": speakers}


def days_compared(content: dict[str, Any]) -> list[dict[str, Any]]:
    """What is compared of each session: without ids, themes of the list of themes, and translations."""

    def english(text: Any) -> str:
        return str((text or {}).get("en", ""))

    return [
        {
            "type": each["type"],
            "date": each.get("date"),
            "number": str(each.get("number", "")),
            "themes": [english(theme.get("text")) for theme in each.get("themes", ())],
            "venue": english(each.get("venue")),
            "at": each.get("at", "").rpartition("/")[2],
            "taking_part": [uri.rpartition("/")[2] for uri in each.get("taking_part", ())],
            "papers": [uri.rpartition("/")[2] for uri in each.get("papers", ())],
            "remark": english(each.get("remark")),
        }
        for each in content["sessions"]
    ]
