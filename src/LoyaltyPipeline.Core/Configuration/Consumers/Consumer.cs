using LoyaltyPipeline.Core.Redaction;
using LoyaltyPipeline.Core.Stores.S3;

namespace LoyaltyPipeline.Core.Configuration.Consumers;

/// <summary>Who is sent a segment, what of it, where and how.</summary>
public sealed record Consumer
{
    /// <summary>The name of what is delivered without naming a consumer.</summary>
    public const string AdHoc = nameof(AdHoc);

    /// <summary>The name: letters, digits, <c>-</c> and <c>_</c>. It stands in the path of deliveries.</summary>
    public required string Name { get; init; }

    /// <summary>The segment.</summary>
    public required EngagementSegment Segment { get; init; }

    /// <summary>A folder by its full path, or <c>s3://bucket/prefix</c>; null where the caller must say it.</summary>
    public string? Destination { get; init; }

    /// <summary>
    /// The place in a stage through which the engine itself writes the files, at the destination; null where this machine writes and sends
    /// them.
    /// </summary>
    public StageLocation? Stage { get; init; }

    /// <summary>The format.</summary>
    public FileFormat Format { get; init; } = FileFormat.Csv;

    /// <summary>The compression.</summary>
    public FileCompression Compression { get; init; } = FileCompression.Gzip;

    /// <summary>The columns of Master, in the order of the files; <c>*</c> and <c>?</c> stand for any characters and any one.</summary>
    public IReadOnlyList<string> Columns { get; init; } = ["*"];

    /// <summary>What becomes of personal data.</summary>
    public RedactionPolicy Redaction { get; init; } = new();

    /// <summary>Whether only users who agreed to marketing messages may be sent.</summary>
    public bool RequireConsent { get; init; }

    /// <summary>Whether only users whose account is active may be sent.</summary>
    public bool RequireActiveAccount { get; init; }

    /// <summary>Largest share by which the audience may grow or shrink from one delivery to the next; 0.30 is 30 %.</summary>
    public decimal AudienceChange { get; init; } = 0.30m;

    /// <summary>What stands for NULL in CSV; a text that is spelled alike is quoted.</summary>
    public string NullToken { get; init; } = @"\N";

    /// <summary>Whether an apostrophe is put before texts in CSV that a spreadsheet would run as a formula.</summary>
    public bool NeutralizeFormulas { get; init; } = true;

    /// <summary>How an S3 server is reached.</summary>
    public S3Settings S3 { get; init; } = new();
}
