namespace LoyaltyPipeline.S3Support.Http;

/// <summary>What stands before the body of a response.</summary>
internal sealed class HttpResponseHead : HttpHead
{
    private HttpResponseHead(byte[] raw)
        : base(raw) => Status = int.TryParse(FirstLine[1], out var status) ? status : throw new IOException("A status that is none.");

    public int Status { get; }

    /// <summary>Whether another head follows, with the answer itself.</summary>
    public bool IsInterim => Status < 200;

    public static HttpResponseHead Parse(byte[] raw) => new(raw);

    /// <summary>Finds the end of the body that follows, which some answers have not, whatever their head says.</summary>
    /// <param name="method">What was asked.</param>
    public MessageBody CreateBody(string method) =>
        method == "HEAD" || Status is 204 or 304 ? new FixedBody(0) : MessageBody.Of(this, openEnded: true);
}
