namespace LoyaltyPipeline.Core.Engines;

/// <summary>How the engine writes the rows of a query into a file.</summary>
/// <param name="Format">The format.</param>
/// <param name="Compression">How the file is compressed.</param>
/// <param name="NullToken">What stands for NULL in CSV.</param>
/// <param name="Types">The declared types of the columns, for an engine that knows wider ones only; null to take the engine's.</param>
public sealed record UnloadFormat(FileFormat Format, FileCompression Compression, string NullToken, IReadOnlyList<string>? Types = null)
{
    /// <summary>What engines exchange rows in: NULL is an empty cell, the empty text a quoted one.</summary>
    public static UnloadFormat Loadable { get; } = new(FileFormat.Csv, FileCompression.Gzip, string.Empty);
}
