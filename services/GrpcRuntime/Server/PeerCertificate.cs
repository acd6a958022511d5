using System.Security.Cryptography.X509Certificates;
using System.Text;
using Grpc.Core;

namespace Platform.GrpcRuntime.Server;

internal static class PeerCertificate
{
    private const string CommonName = "x509_common_name";
    private const string AlternativeName = "x509_subject_alternative_name";

    public static AuthContext Describe(X509Certificate2? certificate)
    {
        var properties = new Dictionary<string, List<AuthProperty>>();
        if (certificate is null)
        {
            return new AuthContext(null, properties);
        }

        string? identity = null;
        var alternatives = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().SelectMany(e => e.EnumerateDnsNames()).ToList();
        if (alternatives.Count > 0)
        {
            identity = AlternativeName;
            properties[AlternativeName] = alternatives.ConvertAll(name => Property(AlternativeName, name));
        }

        var common = certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false);
        if (common.Length > 0)
        {
            identity ??= CommonName;
            properties[CommonName] = [Property(CommonName, common)];
        }

        return new AuthContext(identity, properties);
    }

    private static AuthProperty Property(string name, string value) => AuthProperty.Create(name, Encoding.UTF8.GetBytes(value));
}
