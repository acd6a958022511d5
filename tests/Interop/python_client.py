"""usage: python_client.py HOST:PORT ECHO_DESCRIPTOR

Runs every case against the echo service and prints one JSON line each: {"case", "error"}.
"""
import json
import sys
import time
import traceback

import grpc

from echo_messages import SERVICE, load

address, descriptor = sys.argv[1:]
Request, Response = load(descriptor)
channel = grpc.insecure_channel(address)
large = grpc.insecure_channel(address, [("grpc.max_receive_message_length", -1), ("grpc.max_send_message_length", -1)])
codecs = dict(request_serializer=Request.SerializeToString, response_deserializer=Response.FromString)
unary = channel.unary_unary(SERVICE + "Unary", **codecs)
server_stream = channel.unary_stream(SERVICE + "ServerStream", **codecs)
client_stream = channel.stream_unary(SERVICE + "ClientStream", **codecs)
duplex = channel.stream_stream(SERVICE + "Duplex", **codecs)


def failure(call, *args, **kwargs):
    try:
        result = call(*args, **kwargs)
        if not isinstance(result, Response):
            list(result)
    except grpc.RpcError as error:
        return error
    raise AssertionError("the call did not fail")


def test_unary():
    assert unary(Request(text="被保険者証 𠮷")).text == "被保険者証 𠮷"


def test_concurrent():
    futures = [unary.future(Request(text=f"t{i}")) for i in range(500)]
    assert [future.result().text for future in futures] == [f"t{i}" for i in range(500)]


def test_server_stream():
    assert [r.index for r in server_stream(Request(repeat=200))] == list(range(200))


def test_client_stream():
    assert client_stream(iter([Request(text=t) for t in "abc"])).text == "a,b,c"


def test_duplex():
    assert [r.text for r in duplex(Request(text=f"m{i}") for i in range(20))] == [f"m{i}" for i in range(20)]


def test_metadata():
    sent = (("x-echo-text", "plain"), ("x-echo-data-bin", b"\x00\xff\x01\xfe"), ("x-send-headers", "early"))
    _, call = unary.with_call(Request(), metadata=sent)
    headers, trailers = dict(call.initial_metadata()), dict(call.trailing_metadata())
    assert headers["x-sent-header"] == "early"
    assert headers["x-sent-bin"] == b"\x01\x02\x03\xff"
    assert trailers["x-echo-text"] == "plain"
    assert trailers["x-echo-data-bin"] == b"\x00\xff\x01\xfe"


def test_error_with_details():
    error = failure(unary, Request(fail_code=9, fail_message="資格 100% 無し\n"))
    assert error.code() == grpc.StatusCode.FAILED_PRECONDITION
    assert error.details() == "資格 100% 無し\n"
    trailers = dict(error.trailing_metadata())
    assert trailers["x-detail-bin"] == b"\x00\x01\x02\xfe"
    assert b"ECHO_FAILED" in trailers["grpc-status-details-bin"]


def test_error_after_messages():
    seen = []
    try:
        for response in server_stream(Request(repeat=3, fail_code=10, fail_message="late")):
            seen.append(response.index)
    except grpc.RpcError as error:
        assert (error.code(), error.details()) == (grpc.StatusCode.ABORTED, "late")
    assert seen == [0, 1, 2]


def test_deadline():
    begun = time.monotonic()
    assert failure(unary, Request(delay_ms=60000), timeout=0.3).code() == grpc.StatusCode.DEADLINE_EXCEEDED
    assert time.monotonic() - begun < 5
    # the core rounds timeouts up
    assert 20000 < unary(Request(), timeout=30).deadline_ms <= 31000


def test_cancellation():
    call = server_stream(Request(repeat=1000, delay_ms=20))
    next(call)
    call.cancel()
    assert call.code() == grpc.StatusCode.CANCELLED


def test_big_messages():
    payload = b"\x07" * 3_000_000
    assert unary(Request(payload=payload)).payload == payload
    call = large.unary_unary(SERVICE + "Unary", **codecs)
    assert failure(call, Request(payload=bytes(5_000_000))).code() == grpc.StatusCode.RESOURCE_EXHAUSTED


def test_big_stream():
    assert [len(r.payload) for r in server_stream(Request(repeat=50, response_bytes=500_000))] == [500_000] * 50


def test_compression():
    payload = b"\x01" * 200_000
    assert unary(Request(payload=payload), compression=grpc.Compression.Gzip).payload == payload
    texts = iter([Request(text="a" * 1000), Request(text="b" * 1000)])
    assert client_stream(texts, compression=grpc.Compression.Gzip).text == "a" * 1000 + "," + "b" * 1000


def test_unknown_method():
    assert failure(channel.unary_unary("/no.such.Service/Method"), b"").code() == grpc.StatusCode.UNIMPLEMENTED


for name, run in list(globals().items()):
    if name.startswith("test_"):
        error = None
        try:
            run()
        except Exception:  # every failure is the report's, whatever it is
            error = traceback.format_exc()
        print(json.dumps({"case": name[len("test_"):], "error": error}), flush=True)
