using System.IO.Compression;
using System.Text;
using System.Text.Json;
using CsvHelper;
using LoyaltyPipeline.Core.Delivery;
using LoyaltyPipeline.Core.Delivery.Manifests;
using LoyaltyPipeline.Core.Tests.Support;

namespace LoyaltyPipeline.Core.Tests.Delivery;

/// <summary>Reads the files of a delivery back without the code that wrote them: texts by name of their column, NULL as null.</summary>
internal static class DeliveredRows
{
    private const string Times = "%Y-%m-%dT%H:%M:%S.%fZ";

    /// <summary>The rows of a delivery to a folder, file after file.</summary>
    public static async Task<IReadOnlyList<IReadOnlyDictionary<string, string?>>> ReadAsync(TestWarehouse test, DeliveryResult result)
    {
        var manifest = DeliveryScene.ManifestOf(result);
        var rows = new List<IReadOnlyDictionary<string, string?>>();
        foreach (var path in manifest.Files.Select(file => Path.Combine(DeliveryScene.FolderOf(result), file.Name)))
        {
            rows.AddRange(manifest.Settings.Format switch
            {
                FileFormat.Parquet => await QueryAsync(test, $"SELECT * FROM read_parquet('{path}', hive_partitioning = false)"),
                FileFormat.JsonLines => ReadJson(await PlainAsync(test, path, manifest.Settings.Compression)),
                _ => ReadCsv(await PlainAsync(test, path, manifest.Settings.Compression), manifest),
            });
        }

        return rows;
    }

    /// <summary>Rows as text, to be compared.</summary>
    public static IEnumerable<string> Describe(IEnumerable<IReadOnlyDictionary<string, string?>> rows) =>
        rows.Select(row => string.Join('|', row.Select(cell => $"{cell.Key}={cell.Value ?? "NULL"}")));

    /// <summary>What a query yields, written as CSV writes it.</summary>
    public static async Task<IReadOnlyList<IReadOnlyDictionary<string, string?>>> QueryAsync(TestWarehouse test, string query)
    {
        await using var connection = await test.ConnectAsync();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT column_name, column_type FROM (DESCRIBE {query})";
        var columns = new List<string>();
        var texts = new List<string>();
        using (var reader = command.ExecuteReader())
        {
            while (reader.Read())
            {
                columns.Add(reader.GetString(0));
                texts.Add(
                    reader.GetString(1).StartsWith("TIMESTAMP", StringComparison.Ordinal)
                        ? $"strftime(CAST({columns[^1]} AS TIMESTAMP), '{Times}')"
                        : $"CAST({columns[^1]} AS VARCHAR)");
            }
        }

        command.CommandText = $"SELECT {string.Join(", ", texts)} FROM ({query})";
        using var values = command.ExecuteReader();
        var rows = new List<IReadOnlyDictionary<string, string?>>();
        while (values.Read())
            rows.Add(
                columns.Index()
                    .ToDictionary(column => column.Item, column => values.IsDBNull(column.Index) ? null : values.GetString(column.Index)));
        return rows;
    }

    // As text, so that nothing but what is written is seen.
    private static IEnumerable<IReadOnlyDictionary<string, string?>> ReadJson(string content)
    {
        foreach (var line in content.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            using var document = JsonDocument.Parse(line);
            yield return document.RootElement.EnumerateObject().ToDictionary(
                member => member.Name,
                member => member.Value.ValueKind switch
                {
                    JsonValueKind.Null => null,
                    JsonValueKind.String => member.Value.GetString(),
                    _ => member.Value.GetRawText(),
                },
                StringComparer.Ordinal);
        }
    }

    private static async Task<string> PlainAsync(TestWarehouse test, string path, FileCompression compression)
    {
        switch (compression)
        {
            case FileCompression.None:
                return await File.ReadAllTextAsync(path, TestWarehouse.Token);
            case FileCompression.Gzip:
                await using (var gzip = new GZipStream(File.OpenRead(path), CompressionMode.Decompress))
                using (var text = new StreamReader(gzip))
                    return await text.ReadToEndAsync(TestWarehouse.Token);
            default:
                // Only the engine knows Zstandard here; it is made to see nothing but lines.
                var lines = await test.RowsAsync(
                    $"SELECT line FROM read_csv('{path}', auto_detect = false, delim = '\u0001', quote = '', escape = '', header = false, compression = 'zstd', columns = {{line: 'VARCHAR'}})");
                return string.Join('\n', lines);
        }
    }

    // Only a token without quotes stands for NULL.
    private static List<IReadOnlyDictionary<string, string?>> ReadCsv(string content, DeliveryManifest manifest)
    {
        using var csv = CsvReader.Create(Encoding.UTF8.GetBytes(content), CsvReaderOptions.Default with { Separator = ',' });
        var rows = new List<IReadOnlyDictionary<string, string?>>();
        while (csv.Read())
        {
            var row = new Dictionary<string, string?>(StringComparer.Ordinal);
            for (var index = 0; index < csv.FieldCount; index++)
                row.Add(
                    csv.Headers[index],
                    Encoding.UTF8.GetString(csv.GetRawSpan(index)) == manifest.Settings.NullToken ? null : csv.GetString(index));
            rows.Add(row);
        }

        return rows;
    }
}
