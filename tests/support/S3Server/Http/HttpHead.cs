using System.Text;

namespace LoyaltyPipeline.S3Support.Http;

/// <summary>What stands before the body of a message.</summary>
public abstract class HttpHead
{
    private readonly Dictionary<string, string> _headers = new(StringComparer.OrdinalIgnoreCase);

    private protected HttpHead(byte[] raw)
    {
        Raw = raw;
        var lines = Encoding.Latin1.GetString(raw).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        FirstLine = lines.Length > 0 ? lines[0].Split(' ', 3) : [];
        if (FirstLine.Length < 2)
            throw new IOException("This is not HTTP.");
        foreach (var line in lines.Skip(1))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
                _headers[line[..colon].Trim()] = line[(colon + 1)..].Trim();
        }
    }

    /// <summary>The headers; their names are compared without case, and of several with one name the last one counts.</summary>
    public IReadOnlyDictionary<string, string> Headers => _headers;

    /// <summary>The head as it came.</summary>
    internal byte[] Raw { get; }

    /// <summary>Whether the body comes in chunks.</summary>
    internal bool IsChunked => Has("Transfer-Encoding", "chunked");

    /// <summary>The length of the body; null where the head does not tell.</summary>
    internal long? ContentLength => Headers.TryGetValue("Content-Length", out var text) ? ParseLength(text) : null;

    /// <summary>Whether another message may follow on the connection.</summary>
    internal bool KeepsAlive => !Has("Connection", "close");

    private protected string[] FirstLine { get; }

    private protected bool Has(string name, string word) =>
        Headers.TryGetValue(name, out var value) && value.Contains(word, StringComparison.OrdinalIgnoreCase);

    private static long ParseLength(string text) =>
        long.TryParse(text, out var length) && length >= 0 ? length : throw new IOException("A length that is none.");
}
