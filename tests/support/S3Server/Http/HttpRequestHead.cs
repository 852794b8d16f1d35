namespace LoyaltyPipeline.S3Support.Http;

/// <summary>What stands before the body of a request.</summary>
public sealed class HttpRequestHead : HttpHead
{
    private HttpRequestHead(byte[] raw)
        : base(raw)
    {
        var target = FirstLine[1];
        var mark = target.IndexOf('?', StringComparison.Ordinal);
        (Path, Query) = mark < 0 ? (target, "") : (target[..mark], target[(mark + 1)..]);
    }

    /// <summary>The method, such as PUT.</summary>
    public string Method => FirstLine[0];

    /// <summary>The path, escaped as it was sent: /bucket/key.</summary>
    public string Path { get; }

    /// <summary>What follows the question mark, escaped as it was sent; empty where there is none.</summary>
    public string Query { get; }

    /// <summary>Whether a body follows.</summary>
    public bool HasBody => IsChunked || ContentLength > 0;

    /// <summary>Whether the client sends the body only when it is told to go on.</summary>
    public bool ExpectsContinue => HasBody && Has("Expect", "100-continue");

    /// <summary>The method and the target.</summary>
    /// <returns>As in PUT /bucket/key?partNumber=1.</returns>
    public override string ToString() => Query.Length == 0 ? $"{Method} {Path}" : $"{Method} {Path}?{Query}";

    /// <summary>Reads a head.</summary>
    internal static HttpRequestHead Parse(byte[] raw) => new(raw);

    /// <summary>Finds the end of the body that follows.</summary>
    internal MessageBody CreateBody() => MessageBody.Of(this, openEnded: false);
}
