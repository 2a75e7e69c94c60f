"""What a browser sends for the editor's form of a page, with changes."""

from typing import Any

from bs4 import BeautifulSoup, Tag

Sent = dict[str, list[str]]


def sent_by(response: Any, **changes: Any) -> Sent:
    """The values of the editor's form as a browser would send them; `changes` replace them, None takes them out."""
    form = BeautifulSoup(response.content, "html.parser").find("form", id="w-editor-form")
    assert isinstance(form, Tag)
    data: Sent = {}
    seen: set[str] = set()
    for field in form.find_all(["input", "select", "textarea"]):
        name, kind = field.get("name"), field.get("type", "text")
        if not name or field.has_attr("disabled") or kind in ("submit", "button") or field.find_parent("template"):
            continue
        if kind not in ("checkbox", "radio"):
            assert name not in seen, f"the form has {name} twice"
            seen.add(name)
        if field.name == "select":
            chosen = field.find_all("option", selected=True) or field.find_all("option")[:1]
            values = [option.get("value", "") for option in chosen]
        elif field.name == "textarea":
            values = [(field.string or "").removeprefix("\n")]
        elif kind in ("checkbox", "radio"):
            values = [field.get("value", "on")] if field.has_attr("checked") else []
        else:
            values = [field.get("value", "")]
        data.setdefault(name, []).extend(values)
    for name, value in changes.items():
        if value is None:
            data.pop(name, None)
        else:
            data[name] = [str(each) for each in value] if isinstance(value, list) else [str(value)]
    return data


def with_row(data: Sent, relation: str, **fields: Any) -> Sent:
    """The same with one more row of a relation."""
    number = int(data[f"{relation}-TOTAL_FORMS"][0])
    row = {"id": "", "ORDER": number + 1, "DELETE": "", **fields}
    added = {
        f"{relation}-{number}-{name}": [str(each) for each in value] if isinstance(value, list) else [str(value)]
        for name, value in row.items()
    }
    return {**data, **added, f"{relation}-TOTAL_FORMS": [str(number + 1)]}
