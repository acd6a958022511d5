using System.Text;
using System.Xml;
using Platform.BuildingBlocks.Errors;

namespace Platform.Gateway.Oqs;

/// <summary>
/// Reads a 資格確認要求 by element name in any order. Elements it does not know are passed over; a known one may occur once. Neither a DTD nor an entity of
/// the sender's own is ever looked at.
/// </summary>
internal ref struct OqsRequestReader
{
    /// <summary>XmlMsg / MessageBody / QualificationConfirmSearchInfo / value is 3; later versions of the layout may nest a little deeper.</summary>
    private const int MaxDepth = 16;

    // Far above every length of the layout; keeps a megabyte in one value from going further.
    private const int MaxValueLength = 1000;

    // A check has some thirty tags and a few equals signs. The parser keeps a node for each attribute and name it meets, so that a message made of
    // nothing else would cost many times its size.
    private const int MaxMarks = 20_000;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = OqsLimits.MaxMessageBytes,
        ConformanceLevel = ConformanceLevel.Document,
        CheckCharacters = true,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    };

    private readonly XmlReader xml;
    private readonly OqsRequest request;
    private Problem? problem;
    private uint seen;
    private bool stopped;

    private OqsRequestReader(XmlReader xml, OqsRequest request)
    {
        this.xml = xml;
        this.request = request;
    }

    /// <summary>Fills the request as far as it can be read; the first thing wrong with the message, or null.</summary>
    public static Problem? Read(OqsText text, OqsRequest request)
    {
        if (text.Span.IsWhiteSpace())
        {
            return OqsProblems.MessageEmpty;
        }

        if (text.Span.Count('<') > MaxMarks || text.Span.Count('=') > MaxMarks)
        {
            return OqsProblems.TooComplex;
        }

        using var xml = XmlReader.Create(text.CreateReader(), Settings);
        var reader = new OqsRequestReader(xml, request);
        try
        {
            reader.ReadMessage();
            return reader.problem;
        }
        catch (XmlException exception)
        {
            return reader.stopped ? reader.problem : text.Span.Contains("<!DOCTYPE", StringComparison.Ordinal)
                ? OqsProblems.DtdForbidden
                : OqsProblems.NotWellFormed.With("line", $"{exception.LineNumber}").With("position", $"{exception.LinePosition}");
        }
    }

    private void ReadMessage()
    {
        xml.MoveToContent();
        if (xml.LocalName != "XmlMsg")
        {
            // Read on all the same: whether it is XML at all is said first.
            problem = OqsProblems.StructureWrong.With("element", "XmlMsg");
            PassOver();
        }
        else
        {
            var depth = xml.Depth;
            while (NextChild(depth))
            {
                switch (xml.LocalName)
                {
                    case "MessageHeader":
                        Once(0, "MessageHeader");
                        ReadHeader();
                        break;
                    case "MessageBody":
                        Once(1, "MessageBody");
                        ReadBody();
                        break;
                    default:
                        PassOver();
                        break;
                }
            }
        }

        while (xml.Read())
        {
            // Nothing but blanks may follow; the parser sees to it.
        }

        if ((seen & 3) != 3)
        {
            problem ??= OqsProblems.StructureWrong.With("element", (seen & 1) == 0 ? "MessageHeader" : "MessageBody");
        }
        else if (!request.HasSearchInfo)
        {
            problem ??= OqsProblems.StructureWrong.With("element", "QualificationConfirmSearchInfo");
        }
    }

    private void ReadHeader()
    {
        var depth = xml.Depth;
        while (NextChild(depth))
        {
            switch (xml.LocalName)
            {
                case "QualificationConfirmationDate":
                    request.ConfirmationDate = Value(2, "QualificationConfirmationDate", request.ConfirmationDate);
                    break;
                case "MedicalInstitutionCode":
                    request.InstitutionCode = Value(3, "MedicalInstitutionCode", request.InstitutionCode);
                    break;
                case "ArbitraryFileIdentifier":
                    request.ArbitraryFileIdentifier = Value(4, "ArbitraryFileIdentifier", request.ArbitraryFileIdentifier);
                    break;
                default:
                    PassOver();
                    break;
            }
        }
    }

    private void ReadBody()
    {
        var depth = xml.Depth;
        while (NextChild(depth))
        {
            if (xml.LocalName == "QualificationConfirmSearchInfo")
            {
                Once(5, "QualificationConfirmSearchInfo");
                request.HasSearchInfo = true;
                ReadSearchInfo();
            }
            else
            {
                PassOver();
            }
        }
    }

    private void ReadSearchInfo()
    {
        var depth = xml.Depth;
        while (NextChild(depth))
        {
            switch (xml.LocalName)
            {
                case "InsurerNumber":
                    request.InsurerNumber = Value(6, "InsurerNumber", request.InsurerNumber);
                    break;
                case "InsuredCardSymbol":
                    request.Symbol = Value(7, "InsuredCardSymbol", request.Symbol);
                    break;
                case "InsuredIdentificationNumber":
                    request.Number = Value(8, "InsuredIdentificationNumber", request.Number);
                    break;
                case "InsuredBranchNumber":
                    request.Branch = Value(9, "InsuredBranchNumber", request.Branch);
                    break;
                case "Birthdate":
                    request.Birthdate = Value(10, "Birthdate", request.Birthdate);
                    break;
                case "LimitApplicationCertificateRelatedConsFlg":
                    request.LimitConsent = Value(11, "LimitApplicationCertificateRelatedConsFlg", request.LimitConsent);
                    break;
                case "ArbitraryIdentifier":
                    request.ArbitraryIdentifier = Value(12, "ArbitraryIdentifier", request.ArbitraryIdentifier);
                    break;
                default:
                    PassOver();
                    break;
            }
        }
    }

    /// <summary>Moves to the next child element of the element at <paramref name="depth"/>; false at its end.</summary>
    private bool NextChild(int depth)
    {
        if (xml.NodeType == XmlNodeType.Element && xml.Depth == depth && xml.IsEmptyElement)
        {
            return false;
        }

        while (xml.Read())
        {
            switch (xml.NodeType)
            {
                case XmlNodeType.Element:
                    CheckDepth();
                    return true;
                case XmlNodeType.EndElement when xml.Depth == depth:
                    return false;
                case XmlNodeType.Text or XmlNodeType.CDATA:
                    problem ??= OqsProblems.StructureWrong.With("element", "text");
                    break;
            }
        }

        return false;
    }

    // A child that was empty (<X/>) would look to NextChild like its own parent's start at another depth, so that reading goes on from it.
    private string? Value(int index, string name, string? before)
    {
        if (!Once(index, name))
        {
            PassOver();
            return before;
        }

        if (xml.IsEmptyElement)
        {
            return null;
        }

        var depth = xml.Depth;
        string? value = null;
        StringBuilder? parts = null;
        while (xml.Read() && !(xml.NodeType == XmlNodeType.EndElement && xml.Depth == depth))
        {
            switch (xml.NodeType)
            {
                case XmlNodeType.Element:
                    problem ??= OqsProblems.StructureWrong.With("element", name);
                    PassOver();
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace:
                    if (value is null)
                    {
                        value = xml.Value;
                    }
                    else
                    {
                        parts ??= new StringBuilder(value);
                        parts.Append(xml.Value);
                    }

                    break;
            }
        }

        value = parts?.ToString() ?? value;
        if (value is { Length: > MaxValueLength })
        {
            problem ??= OqsProblems.ValueTooLong.With("element", name);
            return null;
        }

        return value is { Length: 0 } ? null : value;
    }

    private bool Once(int index, string name)
    {
        var bit = 1u << index;
        if ((seen & bit) != 0)
        {
            problem ??= OqsProblems.ElementRepeated.With("element", name);
            return false;
        }

        seen |= bit;
        return true;
    }

    private void PassOver()
    {
        if (xml.NodeType != XmlNodeType.Element || xml.IsEmptyElement)
        {
            return;
        }

        var depth = xml.Depth;
        while (xml.Read() && !(xml.NodeType == XmlNodeType.EndElement && xml.Depth == depth))
        {
            if (xml.NodeType == XmlNodeType.Element)
            {
                CheckDepth();
            }
        }
    }

    private void CheckDepth()
    {
        if (xml.Depth > MaxDepth)
        {
            // Not read further: each open element costs memory.
            problem = OqsProblems.TooComplex;
            stopped = true;
            throw new XmlException();
        }
    }
}
