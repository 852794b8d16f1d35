using System.IO.Compression;
using CsvHelper;

namespace LoyaltyPipeline.Core.Tests.Truth;

/// <summary>Reads TABLE.csv or TABLE.csv.gz of a landing folder; an empty cell is null, an absent file a missing source.</summary>
public static class LandingFolderReader
{
    public static SourceData Read(string path) => SourceDefinitions.All.Aggregate(
        new SourceData(), (sources, source) => source.With(sources, Rows(path, source.Declared)));

    private static List<object?[]>? Rows(string path, SourceTable table)
    {
        using var stream = Open(Path.Combine(path, table.FileName));
        if (stream is null)
            return null;

        using var reader = CsvReader.Create(stream, CsvReaderOptions.Default with { Separator = ',' });
        var cells = new CsvCells(reader);
        var rows = new List<object?[]>();
        while (reader.Read())
            rows.Add([.. table.Columns.Select(cells.Cell)]);
        return rows;
    }

    private static Stream? Open(string file)
    {
        if (File.Exists(file))
            return File.OpenRead(file);
        return File.Exists(file + ".gz") ? new GZipStream(File.OpenRead(file + ".gz"), CompressionMode.Decompress) : null;
    }
}
