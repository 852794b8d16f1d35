using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Sources;

/// <summary>What is said of a file whose first line is not the header that its table needs.</summary>
public sealed class HeaderTests
{
    private const string Person = "17,Ada Lovelace,3";

    [Theory]
    [InlineData(Person + "\n18,Grace Hopper,4\n", "Its first line looks like data")]
    [InlineData("<html><body>Ada Lovelace</body></html>\n", "HTML")]
    [InlineData("{\"USER_ID\":1}\n", "JSON")]
    [InlineData("\uFEFF\uFEFFUSER_ID,AS_OF_DATE,CALLS_LAST_30_DAYS\n1,1998-06-01,3\n", "more than one byte order mark")]
    [InlineData("sep=;\nUSER_ID;AS_OF_DATE;CALLS_LAST_30_DAYS\n", "sep=")]
    [InlineData("USER_ID;AS_OF_DATE;CALLS_LAST_30_DAYS\n1;1998-06-01;3\n", "-Delimiter ';'")]
    [InlineData("USER_ID\tAS_OF_DATE\tCALLS_LAST_30_DAYS\n", "-Delimiter \"`t\"")]
    public async Task A_file_without_the_header_is_described_and_never_repeated(string content, string look)
    {
        await using var test = await TestWarehouse.CreateAsync();
        var error = await Assert.ThrowsAsync<LoyaltyException>(() => test.ImportAsync(test.Write("SUPPORT_CALLS.csv", content)));
        Assert.Equal("SourceColumnMissing", error.ErrorId);
        Assert.Contains(look, error.Message, StringComparison.Ordinal);
        Assert.Equal(look == "sep=", error.Remedy.StartsWith("Take out the line sep=", StringComparison.Ordinal));
        Assert.DoesNotContain("Lovelace", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "Lovelace", string.Concat(await test.RowsAsync("SELECT ERROR_MESSAGE FROM LOYALTY.RUN")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PK\u0003\u0004\u0014\0\u0006", "Excel workbook")]
    [InlineData("\u001f\u008b\b", "gzipped")]
    [InlineData("PAR1\u0015", "Parquet")]
    [InlineData("U\0S\0E\0R\0_\0I\0D\0", "UTF-16")]
    public async Task A_file_of_another_format_is_called_by_its_name(string bytes, string look)
    {
        foreach (var name in new[] { "SUPPORT_CALLS.csv", "SUPPORT_CALLS.jsonl" })
        {
            await using var test = await TestWarehouse.CreateAsync();
            var error = await Assert.ThrowsAsync<LoyaltyException>(() => test.ImportAsync(test.WriteBytes(name, bytes)));
            Assert.Equal("SourceFileUnreadable", error.ErrorId);
            Assert.Contains(look, error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(",,", 1, "has 2 columns without a name: left out.")]
    [InlineData(",", 1, "has a column without a name: left out.")]
    [InlineData(",X,x", 1, "has the column X, which the catalog does not know: left out.")]
    [InlineData(",X,,Y", 2, "has the columns X, Y, which the catalog does not know: left out.")]
    public async Task Columns_that_the_catalog_does_not_know_are_left_out_however_often_they_occur(
        string more, int warnings, string warning)
    {
        await using var test = await TestWarehouse.CreateAsync();
        await test.ImportAsync(
            test.Write("SUPPORT_CALLS.csv", $"{Imports.CallsHeader}{more}\n1,1998-06-01,3{new string(',', more.Count(c => c == ','))}\n"));
        Assert.Equal(["1|1998-06-01|3"], await test.CallsAsync());
        Assert.Equal(warnings, test.Reporter.Warnings.Count);
        Assert.EndsWith(warning, test.Reporter.Warnings.First(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_column_of_the_table_that_occurs_twice_is_named_with_its_places()
    {
        await using var test = await TestWarehouse.CreateAsync();
        var error = await Assert.ThrowsAsync<LoyaltyException>(
            () => test.ImportAsync(test.Write("SUPPORT_CALLS.csv", $"{Imports.CallsHeader},user_id\n1,1998-06-01,3,1\n")));
        Assert.Contains("the column USER_ID twice, as its columns 1 and 4", error.Message, StringComparison.Ordinal);
    }
}
