namespace LoyaltyPipeline.Core.Sources.Files;

/// <summary>How values are written in a CSV file.</summary>
/// <param name="Delimiter">What separates them.</param>
/// <param name="NullTokens">What stands for NULL where no quotes are around it; the empty text is one of them.</param>
internal sealed record CsvSpelling(string Delimiter, IReadOnlyList<string> NullTokens)
{
    // What PostgreSQL, MySQL, Snowflake and the deliveries of this pipeline write.
    private const string UsualNullToken = @"\N";

    /// <summary>The spelling of files with some tokens for NULL beside the usual ones.</summary>
    /// <param name="delimiter">What separates values.</param>
    public static CsvSpelling Of(char delimiter, IEnumerable<string> nullTokens) =>
        new(delimiter.ToString(), [.. new[] { string.Empty, UsualNullToken }.Concat(nullTokens).Distinct(StringComparer.Ordinal)]);
}
