using System.Text.Json.Serialization;

namespace Platform.Gateway.Rest;

/// <summary>Serializers made at build time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(MemberFile))]
[JsonSerializable(typeof(MemberFileList))]
[JsonSerializable(typeof(CopayRatioAnswer))]
[JsonSerializable(typeof(CeilingAnswer))]
[JsonSerializable(typeof(CheckAnswer))]
[JsonSerializable(typeof(ProblemAnswer))]
internal sealed partial class RestJson : JsonSerializerContext;
