using System.Collections.Frozen;
using System.Reflection;
using Google.Protobuf.Reflection;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Routing;
using Platform.BuildingBlocks.Hosting;
using Platform.Protos.Rpc;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace Platform.BuildingBlocks.Rpc;

/// <summary>The gRPC services served at the callers' door, with everything their files describe. Read off the mapped endpoints at first use.</summary>
internal sealed class ServedServices
{
    private readonly Lazy<Index> index;

    // The endpoints are complete only when the host is built, which is after this is made.
    public ServedServices(EndpointDataSource endpoints) => index = new Lazy<Index>(() => Index.Of(endpoints));

    public FrozenSet<string> Names => index.Value.Names;

    public FileDescriptor? FileNamed(string name) => index.Value.Files.GetValueOrDefault(name);

    /// <summary>The file that declares a service, method, message, enum, field or value of this full name.</summary>
    public FileDescriptor? FileOf(string symbol) => index.Value.Symbols.GetValueOrDefault(symbol);

    /// <summary>The extensions of a message; null when there is no such message.</summary>
    public IReadOnlyList<FieldDescriptor>? ExtensionsOf(string message) =>
        index.Value.Messages.Contains(message)
            ? [.. index.Value.Files.Values.SelectMany(file => file.Extensions.UnorderedExtensions).Where(field => field.ExtendeeType.FullName == message)]
            : null;

    private sealed class Index
    {
        public required FrozenSet<string> Names { get; init; }

        public Dictionary<string, FileDescriptor> Files { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, FileDescriptor> Symbols { get; } = new(StringComparer.Ordinal);

        public HashSet<string> Messages { get; } = new(StringComparer.Ordinal);

        public static Index Of(EndpointDataSource endpoints)
        {
            var services = endpoints.Endpoints
                .Where(endpoint => ListenerEndpoints.KindOf(endpoint) == ListenerKind.Callers)
                .Select(endpoint => endpoint.Metadata.GetMetadata<GrpcMethodMetadata>()?.ServiceType)
                .OfType<Type>()
                .Distinct()
                .Select(Descriptor)
                .ToList();
            var index = new Index { Names = services.Select(service => service.FullName).ToFrozenSet(StringComparer.Ordinal) };
            foreach (var service in services)
            {
                index.Add(service.File);
            }

            // No service names the details of failures, yet a client that shows them asks what they are.
            index.Add(ErrorDetailsReflection.Descriptor);
            index.Add(StatusReflection.Descriptor);
            return index;
        }

        // The generated base class says which generated class describes the service.
        private static ServiceDescriptor Descriptor(Type type)
        {
            var bind = type.GetCustomAttribute<BindServiceMethodAttribute>(inherit: true)
                ?? throw new InvalidOperationException($"{type} does not derive from a generated service.");
            return (ServiceDescriptor)bind.BindType.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!;
        }

        private void Add(FileDescriptor file)
        {
            if (!Files.TryAdd(file.Name, file))
            {
                return;
            }

            foreach (var dependency in file.Dependencies)
            {
                Add(dependency);
            }

            foreach (var service in file.Services)
            {
                Symbols[service.FullName] = file;
                foreach (var method in service.Methods)
                {
                    Symbols[method.FullName] = file;
                }
            }

            foreach (var message in file.MessageTypes)
            {
                Add(message, file);
            }

            foreach (var type in file.EnumTypes)
            {
                Add(type, file);
            }
        }

        private void Add(MessageDescriptor message, FileDescriptor file)
        {
            Symbols[message.FullName] = file;
            Messages.Add(message.FullName);
            foreach (var field in message.Fields.InDeclarationOrder())
            {
                Symbols[field.FullName] = file;
            }

            foreach (var nested in message.NestedTypes)
            {
                Add(nested, file);
            }

            foreach (var type in message.EnumTypes)
            {
                Add(type, file);
            }
        }

        private void Add(EnumDescriptor type, FileDescriptor file)
        {
            Symbols[type.FullName] = file;
            foreach (var value in type.Values)
            {
                Symbols[value.FullName] = file;
            }
        }
    }
}
