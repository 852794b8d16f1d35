using System.Text;
using System.Text.Json;
using CsCheck;
using DuckDB.NET.Data;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Sources;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Sources;

public sealed class RoundTripTests
{
    private static readonly string[] ProfileHeader =
        ["USER_ID", "EMAIL", "FULL_NAME", "PHONE", "REGION_CODE", "ACCOUNT_TYPE", "ACCOUNT_STATUS", "MARKETING_CONSENT", "SIGNED_UP_AT",
            "UPDATED_AT"];

    private static readonly string[] ActivityHeader = ["ACTIVITY_ID", "USER_ID", "ACTIVITY_TYPE", "ACTIVITY_AT", "AMOUNT", "RATING"];

    private static readonly Gen<string?> Text = Gen.OneOf(
        Among<string?>(null, string.Empty),
        Among(
            "a", "\"", "\"\"", ",", ";", "|", "\t", "\n", "\r\n", "\r", " ", "\\", "'", "é", "李", "😀", "\uFEFF", "NULL", "#", "\u0001",
            "x,y").Array[1, 6].Select(parts => (string?)string.Concat(parts)));

    // What exporters write, good and bad. The broken ones are rare enough that many files go the fast way.
    private static readonly Gen<string> Fragment = Gen.Frequency(
        (60, Among("a", "\"a\"", "", "\"\"", "\"a\"\"b\"", "\"a,b\"", "\"a\nb\"", "\"a\r\nb\"", "é", "'", "\\", "#")),
        (20, Among(" ", " a ", " \"a\"", "\"a\" ", "a\"b", "a\"", "a\"\"", "\"\"\"\"", "\"\n\"", "\"\r\"", "\"\"\"a\"")),
        (1, Among("\"a", "\"a\"b", "a,b", "\"a\"\"", "\"a\nb\"c", "\"", "\u00FF\u00FE")));

    [Fact]
    public async Task Texts_come_back_exactly_from_CSV()
    {
        await using var test = await TestWarehouse.CreateAsync();
        using var connection = await test.ConnectAsync();
        Gen.Select(Text.Array[4].Array[0, 30], Among(',', ';', '|', '\t'), Among("\n", "\r\n"), Gen.Bool, Gen.Bool).Try(
            file =>
            {
                var (rows, delimiter, lineEnd, quoteAll, withBadRow) = file;
                var cells = rows.Select((row, index) => Profile(index + 1, row)).ToList();
                if (withBadRow)
                    cells.Insert(cells.Count / 2, Profile(null, ["bad", null, null, null]));
                var path = test.Write("USER_PROFILE.csv", Csv(ProfileHeader, cells, delimiter, lineEnd, quoteAll));
                var result = test.ImportAsync(path, new ImportOptions(ImportMode.Replace, TestWarehouse.AnyNumber, delimiter, Force: true))
                    .GetAwaiter().GetResult();
                Assert.Equal(withBadRow ? 1 : 0, result.Rejected);
                Assert.Equal(rows, Read(connection, "SELECT EMAIL, FULL_NAME, PHONE, REGION_CODE FROM DW_A.USER_PROFILE ORDER BY USER_ID"));
            },
            atLeast: 10,
            seconds: 3);
    }

    /// <summary>The careful way, forced by a blank line before the header, reads what the engine reads where it is content.</summary>
    [Fact]
    public async Task Both_ways_of_reading_agree()
    {
        await using var test = await TestWarehouse.CreateAsync();
        using var connection = await test.ConnectAsync();
        Gen.Select(
            Gen.Select(Fragment.Array[4], Gen.Int[0, 9]).Array[1, 12], Among("\n", "\r\n", "\r"), Among("\n", "\r\n", "\n\n"),
            Gen.Bool).Try(
            file =>
            {
                var (rows, lineEnd, otherEnd, endsWithLineEnd) = file;
                var text = new StringBuilder(string.Join(',', ProfileHeader)).Append(lineEnd);
                for (var index = 0; index < rows.Length; index++)
                {
                    text.Append(index + 1).Append(',').AppendJoin(',', rows[index].Item1).Append(",plus,active,true,1998-01-01,1998-01-02");
                    if (index < rows.Length - 1 || endsWithLineEnd)
                        text.Append(rows[index].Item2 > 0 ? lineEnd : otherEnd);
                }

                var asIs = Import(string.Empty);
                var carefully = Import("\n");
                Assert.Equal(asIs.Rejected, carefully.Rejected);
                Assert.Equal(asIs.Rows, carefully.Rows);

                // A quote that is not closed in the last row, and no line end: a file that was cut off.
                (long? Rejected, List<string?[]> Rows) Import(string before)
                {
                    var import = test.ImportAsync(
                        test.WriteBytes("USER_PROFILE.csv", before + text),
                        new ImportOptions(ImportMode.Replace, TestWarehouse.AnyNumber, Force: true));
                    var isCutOff = !endsWithLineEnd
                        && Task.WhenAny(import).GetAwaiter()
                            .GetResult().Exception?.InnerException is LoyaltyException { ErrorId: "SourceFileUnreadable" };
                    if (!isCutOff)
                        Imports.AssertAddsUp(import.GetAwaiter().GetResult());
                    return (
                        isCutOff ? null : import.Result.Rejected,
                        Read(connection, "SELECT CAST(COLUMNS(*) AS VARCHAR) FROM DW_A.USER_PROFILE ORDER BY USER_ID"));
                }
            },
            atLeast: 20,
            seconds: 5);
    }

    [Fact]
    public async Task All_formats_give_the_same_rows_and_rejections()
    {
        await using var test = await TestWarehouse.CreateAsync();
        using var connection = await test.ConnectAsync();
        var row = Gen.Select(
            Among<string?>("1", "2", "3", "4", "5.0", "6e0", "7", "8", "x", "1.5", "", null, "9223372036854775808"),
            Among<string?>("1", "2", "3", null, "-9223372036854775808"),
            Among<string?>("login", "purchase", "feedback", "login", "Login", "", null),
            Among<string?>(
                "1998-06-01", "1998-06-01T10:00:00Z", "1998-06-01 10:00:00.5+02:00", "1998-02-29", "infinity", "1998/06/01", null,
                "1998-06-02 00:00:00"),
            Among<string?>(null, "1", "1.005", "-1.005", "1e3", "9999999999.995", "1_0", "", "x"),
            Among<string?>(null, "1", "5", "6", "0", "4.0", "4.5", "x"),
            (a, b, c, d, e, f) => new[] { a, b, c, d, e, f });
        Gen.Select(row.Array[1, 25], Among(ImportMode.Upsert, ImportMode.Append)).Try(
            import =>
            {
                var (rows, mode) = import;
                var results = new[] { WriteCsv(test, rows), WriteJson(test, rows), WriteParquet(test, connection, rows) }.Select(path =>
                {
                    test.ExecuteAsync("DELETE FROM DW_A.USER_ACTIVITY").GetAwaiter().GetResult();
                    var result = test.ImportAsync(path, new ImportOptions(mode, TestWarehouse.AnyNumber)).GetAwaiter().GetResult();
                    Imports.AssertAddsUp(result);
                    return string.Join('\n', [
                        Imports.Counts(result), .. result.RejectedByRule.Select(rule => $"{rule.Rule} {rule.Rows}"),
                        .. test.RowsAsync("SELECT * FROM DW_A.USER_ACTIVITY ORDER BY ALL").GetAwaiter().GetResult()]);
                }).ToList();
                Assert.Equal(results[0], results[1]);
                Assert.Equal(results[0], results[2]);
            },
            atLeast: 10,
            seconds: 6);
    }

    private static Gen<T> Among<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static string?[] Profile(int? id, string?[] texts) =>
        [id?.ToString(System.Globalization.CultureInfo.InvariantCulture), .. texts, "plus", "active", "true", "1998-01-01 00:00:00",
            "1998-01-02 00:00:00"];

    // RFC 4180, with NULL as nothing between delimiters.
    private static string Csv(
        IEnumerable<string> header, IEnumerable<string?[]> rows, char delimiter, string lineEnd, bool quoteAll) => string.Concat(
        rows.Prepend([.. header]).Select(row => string.Join(delimiter, row.Select(cell => Quote(cell, delimiter, quoteAll))) + lineEnd));

    private static string Quote(string? cell, char delimiter, bool quoteAll) => cell is null ? string.Empty
        : !quoteAll && cell.Length > 0 && cell.AsSpan().IndexOfAny("\"\r\n ") < 0
            && !cell.Contains(delimiter, StringComparison.Ordinal) ? cell
        : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string WriteCsv(TestWarehouse test, string?[][] rows) =>
        test.Write("USER_ACTIVITY.csv", Csv(ActivityHeader, rows, ',', "\n", quoteAll: true));

    private static string WriteJson(TestWarehouse test, string?[][] rows) => test.Write("USER_ACTIVITY.jsonl", string.Concat(rows.Select(
        row => JsonSerializer.Serialize(
            ActivityHeader.Zip(row).ToDictionary(cell => cell.First, cell => cell.Second, StringComparer.Ordinal)) + "\n")));

    private static string WriteParquet(TestWarehouse test, DuckDBConnection connection, string?[][] rows)
    {
        var values = string.Join(
            ", ", rows.Select(row => $"({string.Join(", ", row.Select(cell => cell is null ? "CAST(NULL AS VARCHAR)" : $"'{cell}'"))})"));
        var path = Path.Combine(test.Folder, "USER_ACTIVITY.parquet");
        using var command = connection.CreateCommand();
        command.CommandText = $"COPY (SELECT * FROM (VALUES {values}) AS v({string.Join(", ", ActivityHeader)})) TO '{path}' (FORMAT parquet)";
        command.ExecuteNonQuery();
        return path;
    }

    private static List<string?[]> Read(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string?[]>();
        while (reader.Read())
            rows.Add(
                [.. Enumerable.Range(0, reader.FieldCount).Select(column => reader.IsDBNull(column) ? null : reader.GetString(column))]);
        return rows;
    }
}
