"""Statuses as the Connect protocol puts them: HTTP's number, and an error as JSON."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from http import HTTPStatus

from google.protobuf import json_format
from google.rpc import error_details_pb2
from google.rpc.code_pb2 import Code
from google.rpc.status_pb2 import Status

STATUSES: Mapping[int, HTTPStatus] = {
    Code.OK: HTTPStatus.OK,
    Code.CANCELLED: HTTPStatus.REQUEST_TIMEOUT,
    Code.INVALID_ARGUMENT: HTTPStatus.BAD_REQUEST,
    Code.DEADLINE_EXCEEDED: HTTPStatus.GATEWAY_TIMEOUT,
    Code.UNAUTHENTICATED: HTTPStatus.UNAUTHORIZED,
    Code.RESOURCE_EXHAUSTED: HTTPStatus.TOO_MANY_REQUESTS,
    Code.UNIMPLEMENTED: HTTPStatus.NOT_FOUND,
    Code.UNAVAILABLE: HTTPStatus.SERVICE_UNAVAILABLE,
}
"""HTTP's statuses for gRPC's, as the Connect protocol gives them; what is missing is INTERNAL_SERVER_ERROR."""


def error_to_json(status: Status) -> str:
    """Return a status as the Connect protocol writes an error; who reads JSON finds each detail readable under `debug`."""
    details = []
    for detail in status.details:
        name = detail.type_url.rpartition("/")[2]
        message = getattr(error_details_pb2, name.rpartition(".")[2])()
        detail.Unpack(message)
        details.append(
            {
                "type": name,
                "value": base64.b64encode(detail.value).decode().rstrip("="),
                "debug": json_format.MessageToDict(message),
            }
        )
    code = Code.Name(Code.ValueType(status.code)).lower()
    said = {"code": "canceled" if code == "cancelled" else code, "message": status.message, "details": details}
    return json.dumps({name: value for name, value in said.items() if value}, ensure_ascii=False)
