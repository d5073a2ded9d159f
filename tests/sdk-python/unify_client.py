"""The current Python SDK, apideck-unify: every method of vault, in every state of a connection.

Each answer is compared with the model that the SDK made of it: nothing may get lost, and no value of an enumeration be unknown.
"""

import datetime
import enum
import typing

import httpx
from apideck_unify import Apideck, models
from apideck_unify.types import BaseModel
from apideck_unify.utils import BackoffStrategy, RetryConfig

from checks import app, check, come_back, connectors, equal, lost, raises, run_checks, send, url, value_of

once = RetryConfig("none", BackoffStrategy(1, 1, 1, 1), False)
answers = []


def keep(response):
    response.read()
    answers.append(response)


http = httpx.Client(event_hooks={"response": [keep]}, timeout=60)


def vault(consumer, application=app):
    return Apideck(api_key="any-key", app_id=application, consumer_id=consumer, server_url=url, client=http, retry_config=once).vault


def plain(value):
    """A model as JSON. The SDK's own way to write one leaves out the metadata of connections, which it did read."""
    if isinstance(value, BaseModel):
        fields = type(value).model_fields
        members = {fields[name].alias or name: getattr(value, name) for name in value.model_fields_set if name in fields}
        return {name: plain(member) for name, member in {**members, **(value.model_extra or {})}.items()}
    if isinstance(value, dict):
        return {name: plain(member) for name, member in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value.value if isinstance(value, enum.Enum) else value


def known_values(annotation):
    """The values of the enumerations that a member's type names; what is none of them is kept as text."""
    if isinstance(annotation, type) and issubclass(annotation, enum.Enum):
        return {each.value for each in annotation}
    return set().union(*(known_values(part) for part in typing.get_args(annotation)))


def unknown_values(value, place=""):
    """Values of enumerations that the SDK does not know."""
    if isinstance(value, list):
        return [each for i, item in enumerate(value) for each in unknown_values(item, f"{place}/{i}")]
    if not isinstance(value, BaseModel):
        return []
    found = []
    for name, field in type(value).model_fields.items():
        member, known = getattr(value, name), known_values(field.annotation)
        if known and isinstance(member, str) and plain(member) not in known:
            found.append(f"{place}/{name}: {member}")
        found += unknown_values(member, f"{place}/{name}")
    return found


def body(result):
    """The model of a result's answer, which has all of it."""
    (model,) = [value for name, value in result if name not in ("http_meta", "headers", "next") and value is not None]
    equal(lost(answers[-1].json(), plain(model)), [], f"lost of {answers[-1].url}")
    equal(unknown_values(model), [], f"unknown in {answers[-1].url}")
    return model


def data(result):
    return body(result).data


@check("a session")
def _():
    session = {"redirect_uri": "https://app.example/done", "settings": {"unified_apis": ["crm"]}, "theme": {"vault_name": "A"}}
    made = body(vault("session").sessions.create(session=session))
    equal((made.status_code, made.status), (200, "OK"))
    assert made.data.session_uri.endswith("/session/" + made.data.session_token), made
    body(vault("session").sessions.create())


typed = {
    400: models.BadRequestResponse,
    401: models.UnauthorizedResponse,
    402: models.PaymentRequiredResponse,
    404: models.NotFoundResponse,
    422: models.UnprocessableResponse,
}
for code, kind in typed.items():

    @check(f"the error {code} as {kind.__name__}, of sessions, connections and logs")
    def _(code=code, kind=kind):
        of = vault(f"error-{code}")
        for call in (of.sessions.create, of.connections.list, of.logs.list):
            error = raises(kind, call)
            equal((error.status_code, error.data.status_code), (code, code))
            equal(lost(answers[-1].json(), plain(error.data)), [])


for code in (429, 500, 503):

    @check(f"the error {code} is an APIError")
    def _(code=code):
        equal(raises(models.APIError, vault(f"error-{code}").sessions.create).status_code, code)


@check("mistakes are typed errors, without being asked for")
def _():
    of = vault("mistakes")
    raises(models.BadRequestResponse, lambda: of.sessions.create(session={"settings": {"unified_apis": ["cmr"]}}))
    raises(models.NotFoundResponse, lambda: of.connections.get(unified_api="crm", service_id="nobody"))
    raises(models.BadRequestResponse, lambda: of.logs.list(cursor="broken"))


@check("the list of connections")
def _():
    everything = data(vault("list").connections.list())
    assert len(everything) >= 20, len(everything)
    equal({each.state for each in everything}, {models.ConnectionState.AVAILABLE})
    equal({each.unified_api for each in data(vault("list").connections.list(api="crm"))}, {"crm"})
    equal(data(vault("list").connections.list(configured=True)), [])


def read_all(of, place, resource):
    """Everything that can be read about one connection."""
    connection = data(of.connections.get(**place))
    data(of.connection_settings.list(**place, resource=resource))
    data(of.custom_fields.list(**place, resource=resource))
    data(of.connection_custom_mappings.list(**place, resource=resource))
    data(of.custom_mappings.list(**place))
    data(of.connection_consents.list(**place))
    data(of.validate_connection.state(**place))
    data(of.connections.list())
    return connection


for unified_api, service_id, resource in connectors:

    @check(f"{unified_api}/{service_id} in every state")
    def _(unified_api=unified_api, service_id=service_id, resource=resource):
        of, place = vault(f"states of {service_id}"), {"unified_api": unified_api, "service_id": service_id}
        states = models.ConnectionState

        def is_in(state, what):
            connection = read_all(of, place, resource)
            equal(connection.state, state, what)
            return connection

        is_in(states.AVAILABLE, "before")
        data(of.connections.update(**place, enabled=True, metadata={"plan": "gold"}))
        added = read_all(of, place, resource)
        if added.oauth_grant_type == models.OAuthGrantType.AUTHORIZATION_CODE:
            come_back(added.authorize_url, error="server_error")
            is_in(states.INVALID, "after a failure at the provider")
            come_back(added.authorize_url)
        settings = {field["id"]: value_of(field) for field in map(plain, added.form_fields)}
        updated = data(of.connections.update(**place, settings=settings))
        equal(updated.settings, settings)
        if added.oauth_grant_type == models.OAuthGrantType.CLIENT_CREDENTIALS:
            data(of.connections.token(**place))
        is_in(states.CALLABLE, "set up")
        offered = [plain(field) for field in data(of.connection_settings.list(**place, resource=resource)).form_fields]
        configuration = [{"resource": resource, "defaults": [{"id": field["id"], "value": value_of(field)} for field in offered]}]
        data(of.connection_settings.update(**place, resource=resource, configuration=configuration))
        equal(data(of.connection_consent.update(**place, granted=True, resources={resource: {"name": {"read": True, "write": False}}})).granted, True)
        equal(data(of.connection_consent.update(**place, granted=False, resources="*")).granted, False)
        equal(read_all(of, place, resource).consent_state, models.ConsentState.DENIED)
        equal(data(of.connections.update(**place, enabled=False)).enabled, False)
        read_all(of, place, resource)
        of.connections.delete(**place)
        is_in(states.AVAILABLE, "deleted")


@check("settings of a resource are kept")
def _():
    of, place = vault("settings"), {"unified_api": "crm", "service_id": "pipedrive", "resource": "leads"}
    of.connections.update(unified_api="crm", service_id="pipedrive", settings={"api_key": "k"})
    configuration = [{"resource": "leads", "defaults": [{"id": "default_stage", "value": "new"}]}]
    equal(data(of.connection_settings.update(**place, configuration=configuration)).configuration[0].defaults[0].value, "new")
    equal(data(of.connection_settings.list(**place)).configuration[0].defaults[0].value, "new")


@check("custom mappings are there, with their values")
def _():
    of, place = vault("mappings"), {"unified_api": "crm", "service_id": "hubspot"}
    mappings = data(of.custom_mappings.list(**place))
    assert mappings and all(each.id.startswith("crm+") for each in mappings), mappings
    of.connections.update(**place, enabled=True)
    send("POST", f"/vault/custom-mappings/crm/hubspot/{mappings[0].id}", {"value": "$['birthday']"}, "mappings")
    equal(data(of.custom_mappings.list(**place))[0].value, "$['birthday']")


@check("imports, migrations and states for a callback")
def _():
    of, place = vault("moves"), {"unified_api": "crm", "service_id": "salesforce"}
    issued = datetime.datetime(2026, 1, 1, tzinfo=datetime.timezone.utc)
    credentials = {"access_token": "a", "refresh_token": "r", "issued_at": issued, "expires_in": 3600}
    equal(data(of.connections.imports(**place, credentials=credentials, metadata={"plan": "gold"})).state, models.ConnectionState.CALLABLE)
    equal(data(of.connections.migrate(**place, target_service_id="hubspot")).service_id, "hubspot")
    of.connections.update(**place, enabled=True)
    raises(models.ConflictResponse, lambda: of.connections.migrate(**place, target_service_id="hubspot"))
    assert data(of.create_callback.state(**place, redirect_uri="https://app.example/done")).state


@check("consumers")
def _():
    of = vault("ada", "python-consumers").consumers
    equal(data(of.create(consumer_id="ada", metadata={"account_name": "Quill", "email": "ada@quill.example"})).consumer_id, "ada")
    for name in ("ben", "cleo"):
        of.create(consumer_id=name)
    equal(data(of.update(consumer_id="ada", metadata={"user_name": "Ada"})).metadata.user_name, "Ada")
    vault("ada", "python-consumers").connections.update(unified_api="crm", service_id="pipedrive", settings={"api_key": "k"})
    equal([each.service_id for each in data(of.get(consumer_id="ada")).connections], ["pipedrive"])
    pages, page = [], of.list(limit=1)
    while page:
        pages += [each.consumer_id for each in data(page)]
        page = page.next()
    equal(sorted(pages), ["ada", "ben", "cleo"])
    equal([each.consumer_id for each in data(of.list(filter_={"consumer_id": "be"}))], ["ben"])
    counted = data(vault("ada", "python-consumers").consumer_request_counts.list(
        consumer_id="ada", start_datetime="2020-01-01T00:00:00.000Z", end_datetime="2040-01-01T00:00:00.000Z"))
    assert counted.aggregated_request_count >= 1, counted
    equal(data(of.delete(consumer_id="ada")).consumer_id, "ada")
    raises(models.NotFoundResponse, lambda: of.get(consumer_id="ada"))


@check("logs come in pages, and are filtered")
def _():
    of = vault("logs", "python-logs")
    for _ in range(5):
        of.connections.get(unified_api="crm", service_id="hubspot")
    raises(models.NotFoundResponse, lambda: of.connections.get(unified_api="crm", service_id="nobody"))
    ids, page = [], of.logs.list(limit=2)
    while page:
        ids += [each.id for each in data(page)]
        page = page.next()
    equal((len(ids), len(set(ids))), (6, 6), "each once")
    equal([each.status_code for each in data(of.logs.list(filter_={"status_codes": [404]}))], [404])
    equal({each.unified_api for each in data(of.logs.list())}, {models.LogUnifiedAPI.VAULT})


run_checks()
