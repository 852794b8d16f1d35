using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Core.Warehouses;
using LoyaltyPipeline.Core.Warehouses.DuckDb;

namespace LoyaltyPipeline.Core.Sources.Files;

/// <summary>Reads Parquet. Cells of the declared type are taken as they are, others go through text as everywhere else.</summary>
internal static class ParquetFile
{
    /// <summary>Looks at the schema and says how the file is read.</summary>
    /// <param name="session">The session.</param>
    /// <param name="file">The file.</param>
    /// <param name="reporter">Hears of columns that are unknown or missing.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <exception cref="Errors.LoyaltyException"><c>SourceColumnMissing</c>.</exception>
    public static async Task<FileScan> OpenAsync(IWarehouseSession session, SourceFile file, IRunReporter reporter, CancellationToken cancellationToken)
    {
        // Older writers do not mark texts as such. What folders are called is no data of the file.
        Func<string, string> read = static where => $"read_parquet({where}, file_row_number = true, binary_as_string = true, hive_partitioning = false)";
        var place = EnginePath.Literal(file.Path);
        var found = await session.ListAsync(
            $"SELECT column_name, column_type FROM (DESCRIBE SELECT * EXCLUDE (file_row_number) FROM {read(place)})", [], reader => (Name: reader.GetString(0), Type: reader.GetString(1)), cancellationToken);
        var columns = ColumnMatch.Match(file, [.. found.Select(column => column.Name)], reporter);
        var cells = new Dictionary<string, string>(StringComparer.Ordinal);
        var typed = new HashSet<string>(StringComparer.Ordinal);
        var inexact = new Dictionary<string, string>(StringComparer.Ordinal);
        var structures = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (column, (name, type)) in columns.Zip(found))
        {
            if (column is null)
                continue;
            var isTyped = type == column.Type.ToString();
            var quoted = $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
            cells.Add(column.Name, isTyped ? quoted : $"CAST({quoted} AS VARCHAR)");
            if (isTyped)
                typed.Add(column.Name);
            if (type is "DOUBLE" or "FLOAT")
                inexact.Add(column.Name, ValueConversion.IsBeyondFloat(quoted, isSingle: type == "FLOAT"));
            if (type.EndsWith(']') || type.EndsWith(')') && !type.StartsWith("DECIMAL", StringComparison.Ordinal))
                structures.Add(column.Name, $"({quoted} IS NOT NULL)");
        }

        return new FileScan
        {
            File = file,
            Place = place,
            Read = read,
            RecordNumber = "file_row_number + 1",
            Cells = cells,
            TypedColumns = typed,
            Inexact = inexact,
            Structures = structures,
            PositionName = "row",
        };
    }
}
