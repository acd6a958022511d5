"""usage: python_server.py ECHO_DESCRIPTOR

Serves the echo service on a free loopback port, which it prints, until its input ends.
"""
import sys
import threading
import time
from concurrent import futures

import grpc

from echo_messages import SERVICE, load

Request, Response = load(sys.argv[1])
attempts = {}
lock = threading.Lock()


def answer(request, context, index=0):
    left = context.time_remaining()
    return Response(
        text=request.text,
        payload=bytes(request.response_bytes) or request.payload,
        index=index,
        deadline_ms=int(left * 1000) if left is not None and left < 1e6 else 0,
    )


def end(request, context):
    with lock:
        if request.attempts_key:
            attempts[request.attempts_key] = attempts.get(request.attempts_key, 0) + 1
            if attempts[request.attempts_key] <= request.fail_attempts:
                context.abort(grpc.StatusCode.UNAVAILABLE, "not yet")
    if request.fail_code:
        context.set_trailing_metadata((("x-detail-bin", b"\x00\x01\x02\xfe"),))
        code = next(c for c in grpc.StatusCode if c.value[0] == request.fail_code)
        context.abort(code, request.fail_message)
    context.set_trailing_metadata(tuple((k, v) for k, v in context.invocation_metadata() if k.startswith("x-echo")))


def unary(request, context):
    early = dict(context.invocation_metadata()).get("x-send-headers")
    if early:
        context.send_initial_metadata((("x-sent-header", early), ("x-sent-bin", b"\x01\x02\x03\xff")))
    time.sleep(request.delay_ms / 1000)
    end(request, context)
    return answer(request, context)


def server_stream(request, context):
    for i in range(request.repeat):
        if not context.is_active():
            return
        time.sleep(request.delay_ms / 1000)
        yield answer(request, context, i)
    end(request, context)


def client_stream(requests, context):
    seen = list(requests)
    return Response(text=",".join(r.text for r in seen), index=sum(len(r.payload) for r in seen))


def duplex(requests, context):
    for i, request in enumerate(requests):
        yield answer(request, context, i)


codecs = dict(request_deserializer=Request.FromString, response_serializer=Response.SerializeToString)
handlers = {
    "Unary": grpc.unary_unary_rpc_method_handler(unary, **codecs),
    "ServerStream": grpc.unary_stream_rpc_method_handler(server_stream, **codecs),
    "ClientStream": grpc.stream_unary_rpc_method_handler(client_stream, **codecs),
    "Duplex": grpc.stream_stream_rpc_method_handler(duplex, **codecs),
}
server = grpc.server(
    futures.ThreadPoolExecutor(16),
    options=[("grpc.max_receive_message_length", -1)],
    compression=grpc.Compression.Gzip,
)
server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler(SERVICE.strip("/"), handlers),))
print(server.add_insecure_port("127.0.0.1:0"), flush=True)
server.start()
sys.stdin.read()
server.stop(None)
