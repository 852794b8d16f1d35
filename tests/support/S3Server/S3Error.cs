using System.Text;

namespace LoyaltyPipeline.S3Support;

/// <summary>An error as S3 answers it.</summary>
/// <param name="Status">The status of the response.</param>
/// <param name="Code">The code in the document.</param>
/// <param name="Message">The message in the document.</param>
public sealed record S3Error(int Status, string Code, string Message)
{
    /// <summary>The server failed.</summary>
    public static S3Error InternalError { get; } = new(500, "InternalError", "We encountered an internal error. Please try again.");

    /// <summary>The server is asked for too much.</summary>
    public static S3Error SlowDown { get; } = new(503, "SlowDown", "Please reduce your request rate.");

    /// <summary>The session of the client is over.</summary>
    public static S3Error ExpiredToken { get; } = new(400, "ExpiredToken", "The provided token has expired.");

    /// <summary>The clock of the client is wrong.</summary>
    public static S3Error RequestTimeTooSkewed { get; } = new(
        403, "RequestTimeTooSkewed", "The difference between the request time and the current time is too large.");

    /// <summary>The client may not do this.</summary>
    public static S3Error AccessDenied { get; } = new(403, "AccessDenied", "Access Denied");

    /// <summary>
    /// The response that tells of it. The connection ends with it, so that nothing depends on what the client still sends.
    /// </summary>
    /// <param name="withBody">False for a HEAD request, whose response has none.</param>
    /// <returns>The response, head and body.</returns>
    internal byte[] ToResponse(bool withBody)
    {
        var body =
            $"""<?xml version="1.0" encoding="UTF-8"?><Error><Code>{Code}</Code><Message>{Message}</Message><RequestId>proxy</RequestId></Error>""";
        var head =
            $"HTTP/1.1 {Status} {Code}\r\nContent-Type: application/xml\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n";
        return Encoding.UTF8.GetBytes(withBody ? head + body : head);
    }
}
