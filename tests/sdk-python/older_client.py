"""The older Python SDK, apideck: every method of vault. It refuses values and types that it does not know."""

import json

import apideck
from apideck.api.vault_api import VaultApi
from apideck.exceptions import ApiException, NotFoundException, ServiceException, UnauthorizedException
from apideck.model.connection import Connection
from apideck.model.connection_configuration import ConnectionConfiguration
from apideck.model.connection_defaults import ConnectionDefaults
from apideck.model.connection_import_data import ConnectionImportData
from apideck.model.connection_import_data_credentials import ConnectionImportDataCredentials
from apideck.model.consumer import Consumer
from apideck.model.consumer_metadata import ConsumerMetadata
from apideck.model.create_callback_state import CreateCallbackState
from apideck.model.logs_filter import LogsFilter
from apideck.model.session import Session
from apideck.model.update_consumer_request import UpdateConsumerRequest

from checks import app, check, come_back, connectors, equal, lost, raises, run_checks, url, value_of

configuration = apideck.Configuration(host=url)
configuration.api_key["apiKey"] = "any-key"
configuration.api_key_prefix["apiKey"] = "Bearer"
configuration.retries = False


class Vault:
    """The methods of vault for a consumer. → the SDK's model, compared with the answer: nothing of it is lost."""

    def __init__(self, consumer, application=app):
        self.client = apideck.ApiClient(configuration)
        self.keys = {"app_id": application, "consumer_id": consumer}
        self.application = {"app_id": application}

    def __getattr__(self, name):
        method = getattr(VaultApi(self.client), name)

        def call(*arguments, **more):
            keys = self.application if name.startswith("consumer") else self.keys
            model = method(*arguments, **keys, **more)
            answer = self.client.last_response
            if answer.data:
                equal(lost(json.loads(answer.data), apideck.model_utils.model_to_dict(model)), [], f"lost by {name}")
            return model

        return call


@check("a session")
def _():
    made = Vault("session").sessions_create(session=Session(redirect_uri="https://app.example/done"))
    equal((made.status_code, made.status), (200, "OK"))
    assert made.data.session_uri.endswith("/session/" + made.data.session_token), made


kinds = {401: UnauthorizedException, 404: NotFoundException, 500: ServiceException, 503: ServiceException}
for code in (400, 401, 402, 404, 422, 429, 500, 503):

    @check(f"the error {code}, of sessions, connections and logs")
    def _(code=code):
        of = Vault(f"error-{code}")
        for call in (of.sessions_create, of.connections_all, of.logs_all):
            error = raises(kinds.get(code, ApiException), call)
            equal((error.status, json.loads(error.body)["status_code"]), (code, code))


@check("the list of connections")
def _():
    everything = Vault("list").connections_all().data
    assert len(everything) >= 20, len(everything)
    equal({each.state.value for each in everything}, {"available"})
    equal({each.unified_api for each in Vault("list").connections_all(api="crm").data}, {"crm"})


for unified_api, service_id, resource in connectors:

    @check(f"{unified_api}/{service_id} in every state")
    def _(unified_api=unified_api, service_id=service_id, resource=resource):
        of, place = Vault(f"older states of {service_id}"), (service_id, unified_api)

        def read_all():
            of.connections_all()
            of.connection_settings_all(unified_api, service_id, resource)
            of.custom_fields_all(unified_api, service_id, resource)
            of.connection_custom_mappings_all(unified_api, service_id, resource)
            of.custom_mappings_all(unified_api, service_id)
            of.validate_connection_state(*place)
            return of.connections_one(*place).data

        equal(read_all().state.value, "available")
        of.connections_update(*place, Connection(enabled=True))
        added = read_all()
        grant = added.oauth_grant_type.value if added.auth_type.value == "oauth2" else None
        if grant == "authorization_code":
            come_back(added.authorize_url, error="server_error")
            equal(read_all().state.value, "invalid")
            come_back(added.authorize_url)
        settings = {field.id: value_of(field.to_dict()) for field in added.form_fields}
        of.connections_update(*place, Connection(settings=settings))
        if grant == "client_credentials":
            of.connections_token(*place)
        equal(read_all().state.value, "callable")
        fields = of.connection_settings_all(unified_api, service_id, resource).data.form_fields
        defaults = [ConnectionDefaults(id=field.id, value=value_of(field.to_dict())) for field in fields]
        configured = Connection(configuration=[ConnectionConfiguration(resource=resource, defaults=defaults)])
        of.connection_settings_update(*place, resource, configured)
        read_all()
        of.connections_update(*place, Connection(enabled=False))
        equal(read_all().enabled, False)
        of.connections_delete(*place)
        equal(read_all().state.value, "available")


@check("imports, and states for a callback")
def _():
    of = Vault("older moves")
    data = ConnectionImportData(credentials=ConnectionImportDataCredentials(access_token="a", refresh_token="r"))
    equal(of.connections_import("salesforce", "crm", data).data.state.value, "callable")
    assert of.create_callback_state("salesforce", "crm", CreateCallbackState(redirect_uri="https://app.example/done")).data.state


@check("consumers")
def _():
    of = Vault("ada", "older-python-consumers")
    equal(of.consumers_add(Consumer(consumer_id="ada", metadata=ConsumerMetadata(email="ada@quill.example"))).data.consumer_id, "ada")
    of.consumers_add(Consumer(consumer_id="ben"))
    changed = of.consumers_update("ada", UpdateConsumerRequest(metadata=ConsumerMetadata(user_name="Ada")))
    equal(changed.data.metadata.user_name, "Ada")
    of.connections_update("pipedrive", "crm", Connection(settings={"api_key": "k"}))
    equal([each.service_id for each in of.consumers_one("ada").data.connections], ["pipedrive"])
    first = of.consumers_all(limit=1)
    second = of.consumers_all(limit=1, cursor=first.meta.cursors.next)
    equal(sorted(each.consumer_id for each in first.data + second.data), ["ada", "ben"])
    of.consumer_request_counts_all("ada", "2020-01-01T00:00:00.000Z", "2040-01-01T00:00:00.000Z")
    equal(of.consumers_delete("ada").data["consumer_id"], "ada")
    raises(NotFoundException, lambda: of.consumers_one("ada"))


@check("logs come in pages, and are filtered")
def _():
    of = Vault("logs", "older-python-logs")
    for _ in range(3):
        of.connections_one("hubspot", "crm")
    raises(NotFoundException, lambda: of.connections_one("nobody", "crm"))
    first = of.logs_all(limit=2)
    second = of.logs_all(limit=2, cursor=first.meta.cursors.next)
    equal(len({each.id for each in first.data + second.data}), 4, "each once")
    equal([each.status_code for each in of.logs_all(filter=LogsFilter(status_code=404.0)).data], [404])


run_checks()
