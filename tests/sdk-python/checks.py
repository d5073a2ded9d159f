"""Checks that print a line each, and what several of them need."""

import datetime
import json
import os
import re
import traceback
import urllib.parse
import urllib.request

url = os.environ["VAULT_URL"]
app = "python-app"
checks = []


def check(name):
    """Keeps a function to be run as a check of this name."""

    def keep(function):
        checks.append((name, function))
        return function

    return keep


def run_checks():
    for name, function in checks:
        line = {"name": name}
        try:
            function()
        except Exception:
            line["why"] = traceback.format_exc()
        print(json.dumps(line), flush=True)


def equal(got, expected, what=""):
    assert got == expected, f"{what}: expected {expected!r}, got {got!r}"


def raises(kind, call):
    """The error of exactly this kind that the call ends in."""
    try:
        result = call()
    except Exception as error:
        if type(error) is not kind:
            raise
        return error
    raise AssertionError(f"expected {kind.__name__}, got {result!r}")


def come_back(authorize_url, **query):
    """What the provider does after the user said yes or no: it sends the browser to the callback."""
    state = urllib.parse.parse_qs(urllib.parse.urlsplit(authorize_url).query)["state"][0]
    parameters = urllib.parse.urlencode({"state": state, "code": "a-code", **query})
    with urllib.request.urlopen(f"{url}/vault/callback?{parameters}") as answer:
        answer.read()


def send(method, path, body, consumer):
    """A call that the SDKs have no method for."""
    keys = {"authorization": "Bearer any-key", "x-apideck-app-id": app, "x-apideck-consumer-id": consumer, "content-type": "application/json"}
    request = urllib.request.Request(url + path, json.dumps(body).encode(), keys, method=method)
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


# Members of answers that the vendor's description does not have.
undescribed = re.compile(r"/data/(resource|form_fields/\d+/value)")


def lost(raw, kept, place=""):
    """The members of an answer that a model does not have, or has otherwise."""
    if isinstance(raw, dict) and isinstance(kept, dict):
        found = [each for key in raw if key in kept for each in lost(raw[key], kept[key], f"{place}/{key}")]
        return found + [f"{place}/{key}" for key in raw if key not in kept and not undescribed.fullmatch(f"{place}/{key}")]
    if isinstance(raw, list) and isinstance(kept, list) and len(raw) == len(kept):
        return [each for i, item in enumerate(raw) for each in lost(item, kept[i], f"{place}/{i}")]
    if isinstance(kept, datetime.date):
        kept = kept.isoformat()  # of a value of any type, the older SDK makes one where it can
    return [] if raw == kept else [f"{place}: {raw!r} became {kept!r}"]


# What is read of a connection, whichever SDK it is read by.
connectors = [
    ("crm", "hubspot", "contacts"),  # oauth2 by authorization_code
    ("crm", "zoho-crm", "leads"),  # the same, with required settings and options
    ("hris", "personio", "employees"),  # oauth2 by client_credentials
    ("crm", "pipedrive", "leads"),  # apiKey
    ("hris", "bamboohr", "employees"),  # basic
    ("accounting", "netsuite", "invoices"),  # custom
    ("lead", "webhook-leads", "leads"),  # none
]


def value_of(field):
    """A value that a form field takes. Each option has one, or options of its own."""
    if not field.get("options"):
        return True if field["type"] == "checkbox" else "a value"
    first = field["options"][0]
    return first["options"][0]["value"] if "options" in first else first["value"]
