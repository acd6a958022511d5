using System.Text.Json;
using Platform.BuildingBlocks.Errors;
using Platform.Gateway.Http;
using Platform.Protos.Common.V1;

namespace Platform.Gateway.Json;

/// <summary>
/// A JSON body, read strictly and in one pass: every member is known, occurs once and has its type. All that is wrong is collected, so that the caller
/// learns it at once; only text that is not JSON ends the reading.
/// </summary>
internal ref struct JsonRequest
{
    /// <summary>What <see cref="NextMember"/> says at the end of the object.</summary>
    public const int End = -1;

    private const int MaxDepth = 16;

    // A faulty array of ten thousand elements is told by its first faults.
    private const int MaxViolations = 50;

    private Utf8JsonReader reader;
    private readonly Violations violations;

    // Where in the document the reader is, outermost first: names of members and positions in arrays.
    private readonly string[] path;
    private int depth;

    public JsonRequest(ReadOnlySpan<byte> body, Violations violations)
    {
        reader = new Utf8JsonReader(body.StartsWith("\uFEFF"u8) ? body[3..] : body, new JsonReaderOptions { MaxDepth = MaxDepth });
        this.violations = violations;
        path = new string[MaxDepth + 1];
    }

    public delegate T Shape<T>(ref JsonRequest json);

    /// <summary>Reads the body as one object of the given shape, or says all that is wrong with it.</summary>
    public static Result<T> Read<T>(ReadOnlySpan<byte> body, Violations violations, Shape<T> shape)
    {
        if (body.IsEmpty)
        {
            return JsonProblems.Empty;
        }

        var json = new JsonRequest(body, violations);
        try
        {
            json.reader.Read();
            if (json.reader.TokenType != JsonTokenType.StartObject)
            {
                json.reader.Skip();
                json.reader.Read();
                return JsonProblems.NotAnObject;
            }

            var value = shape(ref json);
            json.reader.Read();
            return violations.Any ? violations.ToProblem() : value;
        }
        catch (JsonException exception)
        {
            return JsonProblems.NotJson(exception.LineNumber + 1, exception.BytePositionInLine + 1);
        }
        catch (InvalidOperationException) when (json.reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
        {
            // The reader's word for a string that is not UTF-8, or holds half of a surrogate pair.
            return JsonProblems.NotUnicode;
        }
    }

    /// <summary>
    /// Inside an object: moves to the next member that <paramref name="members"/> knows and to its value, and gives its position; <see cref="End"/> at the end.
    /// Unknown and repeated members are noted and passed over.
    /// </summary>
    public int NextMember(JsonMembers members, ref uint seen)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var index = Find(members);
            if (index == End)
            {
                var name = reader.GetString()!;
                Note(name.Length <= 64 ? name : name[..64], "MEMBER_UNKNOWN", "この項目は定義されていません。", "There is no such member.");
            }
            else if ((seen & (1u << index)) != 0)
            {
                Note(members.Name(index), "MEMBER_REPEATED", "項目が重複しています。", "The member occurs twice.");
                index = End;
            }

            reader.Read();
            if (index != End)
            {
                seen |= 1u << index;
                path[depth] = members.Name(index);
                return index;
            }

            reader.Skip();
        }

        return End;
    }

    /// <summary>Notes each of the first <paramref name="count"/> members that was not there.</summary>
    public readonly void Require(JsonMembers members, uint seen, int count)
    {
        for (var i = 0; i < count; i++)
        {
            if ((seen & (1u << i)) == 0)
            {
                violations.Required(PathOf(members.Name(i)));
            }
        }
    }

    /// <summary>The member's text; "" where it is null or of another type, which is noted.</summary>
    public string Text()
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return reader.GetString()!;
        }

        WrongType("文字列", "a string");
        return "";
    }

    /// <summary>As <see cref="Text"/>; null counts as not there.</summary>
    public string OptionalText() => reader.TokenType == JsonTokenType.Null ? "" : Text();

    public bool Flag()
    {
        if (reader.TokenType is JsonTokenType.True or JsonTokenType.False)
        {
            return reader.TokenType == JsonTokenType.True;
        }

        WrongType("trueまたはfalse", "true or false");
        return false;
    }

    /// <summary>A whole number of yen, not negative.</summary>
    public long Yen()
    {
        if (reader.TokenType != JsonTokenType.Number)
        {
            WrongType("整数", "a whole number");
            return 0;
        }

        if (reader.TryGetInt64(out var yen) && yen is >= 0 and <= 1_000_000_000_000)
        {
            return yen;
        }

        Note(null, "NUMBER_OUT_OF_RANGE", "0以上1兆以下の整数を指定してください。", "The value must be a whole number from 0 to 1,000,000,000,000.");
        return 0;
    }

    /// <summary>A day, yyyy-MM-dd; null is "no date".</summary>
    public Date? Day()
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        return Text() is { Length: > 0 } text ? violations.IsoDate(Path(), text) : null;
    }

    /// <summary>A month, yyyy-MM, as its first day; any day of it (yyyy-MM-dd) is taken too.</summary>
    public Date? Month() => Text() is { Length: > 0 } text ? violations.IsoDate(Path(), text.Length == 7 ? text + "-01" : text) : null;

    /// <summary>An object as the member's value; the default where it is something else, which is noted.</summary>
    public T? Object<T>(Shape<T> shape)
        where T : class
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            WrongType("オブジェクト", "an object");
            return null;
        }

        depth++;
        var value = shape(ref this);
        depth--;
        return value;
    }

    /// <summary>An array as the member's value; each element is added to <paramref name="into"/>.</summary>
    public void Array<T>(ICollection<T> into, int limit, Shape<T?> element)
        where T : class
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            WrongType("配列", "an array");
            return;
        }

        var name = path[depth];
        for (var i = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++)
        {
            path[depth] = $"{name}[{i}]";
            if (i == limit)
            {
                Note(null, "TOO_MANY", $"要素は{limit}件までです。", $"There may be at most {limit} elements.");
            }

            if (i >= limit)
            {
                reader.Skip();
            }
            else if (element(ref this) is { } value)
            {
                into.Add(value);
            }
        }

        path[depth] = name;
    }

    private readonly int Find(JsonMembers members)
    {
        for (var i = 0; i < members.Count; i++)
        {
            if (reader.ValueTextEquals(members.Utf8(i)))
            {
                return i;
            }
        }

        return End;
    }

    private void WrongType(string ja, string en)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            violations.Required(Path());
        }
        else
        {
            Note(null, "TYPE_WRONG", $"{ja}で指定してください。", $"The value must be {en}.");
        }

        reader.Skip();
    }

    private readonly void Note(string? member, string reason, string ja, string en)
    {
        if (violations.Count < MaxViolations)
        {
            violations.Add(member is null ? Path() : PathOf(member), reason, ja, en);
        }
    }

    private readonly string Path() => string.Join('.', path.AsSpan(0, depth + 1)!);

    private readonly string PathOf(string member) => depth == 0 ? member : string.Join('.', path.AsSpan(0, depth)!) + "." + member;
}
