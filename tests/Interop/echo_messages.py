"""The messages of echo.proto from a serialized FileDescriptorProto: no generated code, no compiler."""
from google.protobuf import descriptor_pb2, descriptor_pool

try:
    from google.protobuf.message_factory import GetMessageClass
except ImportError:
    from google.protobuf.message_factory import MessageFactory

    _factory = MessageFactory()
    GetMessageClass = _factory.GetPrototype

SERVICE = "/platform.testing.echo.v1.Echo/"


def load(path):
    with open(path, "rb") as file:
        proto = descriptor_pb2.FileDescriptorProto.FromString(file.read())
    pool = descriptor_pool.Default()
    pool.Add(proto)
    return tuple(
        GetMessageClass(pool.FindMessageTypeByName("platform.testing.echo.v1." + name))
        for name in ("EchoRequest", "EchoResponse")
    )
