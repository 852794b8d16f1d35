using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.SyntheticData;
using LoyaltyPipeline.Core.SyntheticData.Sinks;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.SyntheticData;

/// <summary>A sample as CSV in memory.</summary>
internal sealed class SampleFiles
{
    private readonly ConcurrentDictionary<string, MemoryStream> streams;

    public required SampleResult Result { get; init; }

    public static async Task<SampleFiles> WriteAsync(SyntheticDataOptions options, LoyaltyCatalog? catalog = null)
    {
        var files = new ConcurrentDictionary<string, MemoryStream>(StringComparer.Ordinal);
        var result = await SyntheticTablesWriter.WriteAsync(
            catalog ?? ShippedCatalog.Catalog,
            options,
            (table, columns) => new CsvRowSink(files[table] = new MemoryStream(), columns),
            cancellationToken: TestContext.Current.CancellationToken);
        return new SampleFiles(files) { Result = result };
    }

    private SampleFiles(ConcurrentDictionary<string, MemoryStream> streams) => this.streams = streams;

    public byte[] Bytes(string table) => streams[table].ToArray();

    public string Text(string table) => Encoding.UTF8.GetString(Bytes(table));

    public string Sha256(string table) => Convert.ToHexStringLower(SHA256.HashData(Bytes(table)));
}
