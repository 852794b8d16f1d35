using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using LoyaltyPipeline.Core.SyntheticData;
using LoyaltyPipeline.Core.SyntheticData.Sinks;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.SyntheticData;

/// <summary>A sample as CSV in memory.</summary>
internal sealed class SampleFiles
{
    private readonly ConcurrentDictionary<string, MemoryStream> streams;

    public required SampleResult Result { get; init; }

    public static async Task<SampleFiles> WriteAsync(SyntheticDataOptions options)
    {
        var files = new ConcurrentDictionary<string, MemoryStream>(StringComparer.Ordinal);
        var result = await SyntheticTablesWriter.WriteAsync(
            options,
            (table, columns) => new CsvRowSink(files[table] = new MemoryStream(), columns),
            cancellationToken: TestContext.Current.CancellationToken);
        return new SampleFiles(files) { Result = result };
    }

    private SampleFiles(ConcurrentDictionary<string, MemoryStream> streams) => this.streams = streams;

    public byte[] Bytes(string table) => streams[table].ToArray();

    public string Text(string table) => Encoding.UTF8.GetString(Bytes(table));

    public string Sha256()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var table in SourceSpec.Tables)
            hash.AppendData(Bytes(table.Name));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
