using System.Globalization;
using System.Text;
using LoyaltyPipeline.Core.Hashing;

namespace LoyaltyPipeline.Core.Audit;

/// <summary>
/// An entry as it is stored, but for its own hash. What is stored may be anything: words are texts here, and what must be there may be
/// missing, so that a row which was tampered with is hashed as it stands.
/// </summary>
internal sealed record AuditRow
{
    /// <summary>What stands for the hash of the entry before the first.</summary>
    public static string NoHash { get; } = new('0', 64);

    // Another form of the text would be another version.
    private const string Form = "LoyaltyPipeline audit entry 1";
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    public string? Chain { get; init; }

    public long? Number { get; init; }

    public DateTime? LoggedAt { get; init; }

    public string? Actor { get; init; }

    public string? Host { get; init; }

    public string? Action { get; init; }

    public string? Parameters { get; init; }

    public string? RunId { get; init; }

    public string? Outcome { get; init; }

    public string? ErrorId { get; init; }

    public string? PreviousHash { get; init; }

    /// <summary>
    /// SHA-256 of the canonical text: a line for each value, its length in bytes before it, so that no two entries have one text.
    /// </summary>
    public string Hash()
    {
        var text = new StringBuilder(Form).Append('\n');
        foreach (var value in (string?[])
        [
            Chain, Number?.ToString(CultureInfo.InvariantCulture), LoggedAt?.ToString(TimeFormat, CultureInfo.InvariantCulture), Actor, Host,
            Action, Parameters, RunId, Outcome, ErrorId, PreviousHash,
        ])
            text.Append(value is null ? "-" : $"{Encoding.UTF8.GetByteCount(value).ToString(CultureInfo.InvariantCulture)}:{value}").Append('\n');
        return TextHash.Sha256(text.ToString());
    }
}
