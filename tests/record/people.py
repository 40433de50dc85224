"""People for tests: each has an office, a role and a token, and speaks to the service as a program would."""

import itertools
import uuid

from app.access import Role
from app.actions import accounts


class Person:
    """One account and its way to the service."""

    def __init__(self, client, token, account, office):
        self.client, self.token, self.account, self.office = client, token, account, office

    def request(self, method, path, *, headers=None, **more):
        given = {"Authorization": f"Bearer {self.token}", **(headers or {})}
        return self.client.request(method, f"/api/v1{path}", headers=given, **more)

    def get(self, path, **more):
        return self.request("GET", path, **more)

    def post(self, path, json=None, *, key=None, version=None, **more):
        headers = {"Idempotency-Key": key or uuid.uuid4().hex}
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        return self.request("POST", path, json=json, headers=headers, **more)

    def open(self, case, **query):
        """Opens a screening and gives its id."""
        answer = self.post("/screenings", case, params=query)
        assert answer.status_code == 201, answer.text
        return answer.json()["id"]

    def read(self, screening_id):
        answer = self.get(f"/screenings/{screening_id}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    def respond(self, screening_id, responses, version="*"):
        headers = {"If-Match": version if version == "*" else f'"{version}"'}
        return self.request("POST", f"/screenings/{screening_id}/responses", json=responses, headers=headers)


class People:
    """Makes people; the same role and office twice gives two people of one office."""

    def __init__(self, app, client, clock):
        self.app, self.client, self.clock = app, client, clock
        self._numbers = itertools.count(1)

    def make(self, role, office=None, *, kind=None, scopes=()):
        role = Role(role)
        name = office or f"Office of the {role.value}"
        email = f"{role.value}{next(self._numbers)}@office.example"
        account, place, _ = accounts.make_account(
            self.app.state.sides, email, role, office=name, kind=kind, now=self.clock()
        )
        token = accounts.make_token(self.app.state.sides, email, scopes, self.clock())
        return Person(self.client, token, account, place)

    def __getattr__(self, role):
        return self.make(role)
