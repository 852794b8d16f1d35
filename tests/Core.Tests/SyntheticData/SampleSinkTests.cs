using System.Text;
using CsCheck;
using LoyaltyPipeline.Core.SyntheticData;
using LoyaltyPipeline.Core.SyntheticData.Sinks;
using LoyaltyPipeline.Core.Tests.Support;
using LoyaltyPipeline.Core.Tests.Truth;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.SyntheticData;

public sealed class SampleSinkTests
{
    [Fact]
    public void Csv_has_one_form_for_every_value()
    {
        var text = WriteCsv(["A", "B", "C", "D", "E", "F", "G", "H"], sink =>
        {
            sink.Write(long.MinValue);
            sink.Write(int.MaxValue);
            sink.Write(12.50m);
            sink.Write(value: true);
            sink.WriteDate(new DateOnly(2026, 1, 5));
            sink.WriteTimestamp(new DateTime(2026, 1, 5, 7, 8, 9, DateTimeKind.Unspecified));
            sink.WriteNull();
            sink.Write("");
            sink.EndRow();
        });
        Assert.Equal("A,B,C,D,E,F,G,H\n-9223372036854775808,2147483647,12.50,true,2026-01-05,2026-01-05 07:08:09,,\"\"\n", text);
    }

    [Fact]
    public void Csv_quotes_only_where_it_must()
    {
        var text = WriteCsv(["A", "B", "C", "D"], sink =>
        {
            sink.Write("O'Sample Zoë");
            sink.Write("Last, First");
            sink.Write("the \"Tester\"");
            sink.Write("two\r\nlines");
            sink.EndRow();
        });
        Assert.Equal("A,B,C,D\nO'Sample Zoë,\"Last, First\",\"the \"\"Tester\"\"\",\"two\r\nlines\"\n", text);
    }

    [Fact]
    public void Any_text_can_be_read_back()
    {
        using var folder = new TemporaryFolder();
        using var database = new SourceDatabase();
        var file = Path.Combine(folder.Path, "texts.csv");
        Gen.String[Gen.Char[" ,;\"'\r\näé€x"], 0, 12].Null().Array[3].List[1, 40].Sample(
            rows =>
            {
                File.WriteAllText(file, WriteCsv(["A", "B", "C"], sink => WriteTexts(sink, rows)));
                return database.Texts($$"""
                    SELECT * FROM read_csv('{{file}}', auto_detect=false, header=true, delim=',', quote='"', escape='"', allow_quoted_nulls=false,
                        columns={'A': 'VARCHAR', 'B': 'VARCHAR', 'C': 'VARCHAR'})
                    """).SequenceEqual(rows.SelectMany(row => row), StringComparer.Ordinal);
            },
            threads: 1,
            iter: 60);
    }

    [Fact]
    public void A_text_longer_than_the_buffer_is_written_whole()
    {
        var longText = new string('€', 1_000_000);
        Assert.Equal($"A\n{longText}\n\"{longText},\"\n", WriteCsv(["A"], sink =>
        {
            sink.Write(longText);
            sink.EndRow();
            sink.Write(longText + ",");
            sink.EndRow();
        }));
    }

    [Fact]
    public void A_row_of_the_wrong_length_is_refused() => WriteCsv(["A", "B"], sink =>
    {
        sink.Write(1);
        Assert.Throws<InvalidOperationException>(sink.EndRow);
        sink.Write(1);
        sink.Write(2);
        sink.EndRow();
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Landing_files_and_tables_hold_the_same_rows(bool compress)
    {
        var options = new SyntheticDataOptions { Users = 700 };
        using var folder = new TemporaryFolder();
        using var landing = new CsvLandingFolder(folder.Path, compress);
        await SyntheticTablesWriter.WriteAsync(
            ShippedCatalog.Catalog, options, landing.Open, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(SourceDefinitions.All.Count, landing.Commit(TestContext.Current.CancellationToken).Count);

        using var database = new SourceDatabase();
        await database.FillAsync(options, token: TestContext.Current.CancellationToken);
        foreach (var table in SourceConditions.Tables)
        {
            var file = SourceDatabase.CsvSource(folder.Path, table, column => column.Type)
                .Replace(".csv'", compress ? ".csv.gz'" : ".csv'", StringComparison.Ordinal);
            Assert.Equal(0, database.Count($"(FROM {table.Name} EXCEPT ALL FROM {file})"));
            Assert.Equal(0, database.Count($"(FROM {file} EXCEPT ALL FROM {table.Name})"));
        }
    }

    private static void WriteTexts(CsvRowSink sink, List<string?[]> rows)
    {
        foreach (var row in rows)
        {
            foreach (var value in row)
            {
                if (value is null)
                    sink.WriteNull();
                else
                    sink.Write(value);
            }

            sink.EndRow();
        }
    }

    private static string WriteCsv(IReadOnlyList<string> columns, Action<CsvRowSink> write)
    {
        var stream = new MemoryStream();
        using (var sink = new CsvRowSink(stream, columns))
        {
            write(sink);
            sink.Complete();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
