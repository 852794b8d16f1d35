using System.Security.Cryptography;
using System.Text;

namespace LoyaltyPipeline.Core.Configuration;

/// <summary>Where the tables of one source database are.</summary>
/// <param name="File">An attached DuckDB file, by its full path; null where the source is a schema of the warehouse itself.</param>
/// <param name="Schema">The schema that holds the tables, or <c>DATABASE.SCHEMA</c>.</param>
public sealed record SourceLocation(string? File, string Schema)
{
    /// <summary>
    /// The name under which the file is attached; null without one. It follows from the path: one file is attached once, whatever sources
    /// it holds, and another file never answers to its name.
    /// </summary>
    public string? Database =>
        File is null ? null : $"FILE_{Readable(File)}_{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(File)).AsSpan(0, 4))}";

    /// <summary>The database of the engine that the schema is in, where its name says so; null for the warehouse's own.</summary>
    public string? OtherDatabase => File is null && Schema.Contains('.') ? Schema[..Schema.IndexOf('.')] : null;

    /// <summary>What stands before the schema in the name of a table.</summary>
    public string Prefix => Database is null ? string.Empty : $"{Database}.";

    private static string Readable(string file) =>
        string.Concat(
            Path.GetFileNameWithoutExtension(file).ToUpperInvariant()
                .Select(character => char.IsAsciiLetterOrDigit(character) ? character : '_'));
}
