using System.Globalization;
using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Sources;
using LoyaltyPipeline.Core.Tests.Support;
using LoyaltyPipeline.Core.Warehouses;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Sources;

/// <summary>What each type takes for a value, by the SQL that every text of every format goes through.</summary>
public sealed class ValueTests
{
    [Theory]
    [InlineData("BIGINT", "0", "0")]
    [InlineData("BIGINT", "9223372036854775807", "9223372036854775807")]
    [InlineData("BIGINT", "-9223372036854775808", "-9223372036854775808")]
    [InlineData("BIGINT", "9223372036854775808", null)]
    [InlineData("BIGINT", "-9223372036854775809", null)]
    [InlineData("BIGINT", "9223372036854775807.0", "9223372036854775807")]
    [InlineData("BIGINT", "9.223372036854775807e18", "9223372036854775807")]
    [InlineData("BIGINT", "9.223372036854775808e18", null)]
    [InlineData("BIGINT", "1e19", null)]
    [InlineData("INTEGER", "2147483647", "2147483647")]
    [InlineData("INTEGER", "-2147483648", "-2147483648")]
    [InlineData("INTEGER", "2147483648", null)]
    [InlineData("INTEGER", "-2147483649", null)]
    [InlineData("INTEGER", "1.5", null)]
    [InlineData("INTEGER", "0.5", null)]
    [InlineData("INTEGER", "5.0", "5")]
    [InlineData("INTEGER", "5.", "5")]
    [InlineData("INTEGER", "1e3", "1000")]
    [InlineData("INTEGER", "1E+3", "1000")]
    [InlineData("INTEGER", "1.25e2", "125")]
    [InlineData("INTEGER", "1.25e1", null)]
    [InlineData("INTEGER", "1e-1", null)]
    [InlineData("INTEGER", "1.0000000001", null)]
    [InlineData("INTEGER", "0.99999999999999", null)]
    [InlineData("INTEGER", "0.99999999999999999999999999999999999999999", "1")]
    [InlineData("INTEGER", "1.00000000000000000000000000000000000000001", "1")]
    [InlineData("INTEGER", ".5e1", "5")]
    [InlineData("BIGINT", "999999999999999.0", "999999999999999")]
    [InlineData("BIGINT", "999999999999998.5", null)]
    [InlineData("BIGINT", "4503599627370497.5", null)]
    [InlineData("BIGINT", "9007199254740992.4", null)]
    [InlineData("BIGINT", "9007199254740993", "9007199254740993")]
    [InlineData("BIGINT", "-9007199254740993", "-9007199254740993")]
    [InlineData("INTEGER", "1e400", null)]
    [InlineData("INTEGER", "+7", "7")]
    [InlineData("INTEGER", "007", "7")]
    [InlineData("INTEGER", " 7 ", "7")]
    [InlineData("INTEGER", "-0", "0")]
    [InlineData("INTEGER", "1_000", "1000")]
    [InlineData("INTEGER", "1_000.5", null)]
    [InlineData("INTEGER", "0x10", null)]
    [InlineData("INTEGER", "0b11", null)]
    [InlineData("INTEGER", "1,5", null)]
    [InlineData("INTEGER", "٥", null)]
    [InlineData("INTEGER", "", null)]
    [InlineData("INTEGER", " ", null)]
    [InlineData("INTEGER", "true", null)]
    [InlineData("INTEGER", "NaN", null)]
    public Task Whole_numbers(string type, string text, string? value) => AssertAsync(type, text, value);

    [Theory]
    [InlineData("2.345", "2.35")]
    [InlineData("-2.345", "-2.35")]
    [InlineData("2.344999999999999999999999999", "2.34")]
    [InlineData("0.005", "0.01")]
    [InlineData("0.004999", "0.00")]
    [InlineData("2344.5e-3", "2.34")]
    [InlineData("2344999e-6", "2.34")]
    [InlineData("2345e-3", "2.35")]
    [InlineData("1.005e0", "1.01")]
    [InlineData("1e2", "100.00")]
    [InlineData(".5", "0.50")]
    [InlineData("9999999999.99", "9999999999.99")]
    [InlineData("9999999999.994", "9999999999.99")]
    [InlineData("9999999999.995", null)]
    [InlineData("10000000000", null)]
    [InlineData("-9999999999.99", "-9999999999.99")]
    [InlineData("-10000000000", null)]
    [InlineData("1_0.5", "10.50")]
    [InlineData("NaN", null)]
    [InlineData("inf", null)]
    [InlineData("1,50", null)]
    [InlineData("", null)]
    public Task Decimals(string text, string? value) => AssertAsync("DECIMAL(12,2)", text, value);

    [Theory]
    [InlineData("true", "true")]
    [InlineData("TRUE", "true")]
    [InlineData("f", "false")]
    [InlineData("1", "true")]
    [InlineData("0", "false")]
    [InlineData("yes", "true")]
    [InlineData("2", null)]
    [InlineData("ja", null)]
    [InlineData("", null)]
    public Task Booleans(string text, string? value) => AssertAsync("BOOLEAN", text, value);

    [Theory]
    [InlineData("1998-06-01", "1998-06-01")]
    [InlineData("2000-02-29", "2000-02-29")]
    [InlineData("1900-02-29", null)]
    [InlineData("1997-02-29", null)]
    [InlineData("1997-13-01", null)]
    [InlineData("1997-00-10", null)]
    [InlineData("0001-01-01", "0001-01-01")]
    [InlineData("9999-12-31", "9999-12-31")]
    [InlineData("0000-12-31", null)]
    [InlineData("10000-01-1", null)]
    [InlineData("10000-01-01", null)]
    [InlineData("1998-6-1", null)]
    [InlineData(" 1998-6-1 ", null)]
    [InlineData("1998/06/01", null)]
    [InlineData("1998 06 01", null)]
    [InlineData("01.06.1998", null)]
    [InlineData("19980601", null)]
    [InlineData("1998-06-01 (BC)", null)]
    [InlineData("infinity", null)]
    [InlineData("-infinity", null)]
    [InlineData("epoch", null)]
    [InlineData("", null)]
    [InlineData("1998-06-01 00:00:00", "1998-06-01")]
    [InlineData("1998-06-01T00:00:00.000Z", "1998-06-01")]
    [InlineData("1998-06-01 00:00:01", null)]
    [InlineData("1998-06-01T02:00:00+02:00", "1998-06-01")]
    [InlineData("1998-06-01T00:00:00+02:00", null)]
    public Task Dates(string text, string? value) => AssertAsync("DATE", text, value);

    [Theory]
    [InlineData("1998-06-01 10:20:30", "1998-06-01 10:20:30")]
    [InlineData("1998-06-01T10:20:30", "1998-06-01 10:20:30")]
    [InlineData("1998-06-01T10:20:30Z", "1998-06-01 10:20:30")]
    [InlineData("1998-06-01 10:20:30 UTC", "1998-06-01 10:20:30")]
    [InlineData("1998-06-01 10:20:30+02", "1998-06-01 08:20:30")]
    [InlineData("1998-06-01T10:20:30+02:00", "1998-06-01 08:20:30")]
    [InlineData("1998-06-01T10:20:30.5-0530", "1998-06-01 15:50:30.5")]
    [InlineData("1998-06-01 00:30:00+01:00", "1998-05-31 23:30:00")]
    [InlineData("1998-06-01 10:20:30.123456", "1998-06-01 10:20:30.123456")]
    [InlineData("1998-06-01 10:20:30.123456000", "1998-06-01 10:20:30.123456")]
    [InlineData("1998-06-01 10:20:30.1234567", null)]
    [InlineData("1998-06-01 10:20", "1998-06-01 10:20:00")]
    [InlineData("1998-06-01", "1998-06-01 00:00:00")]
    [InlineData("2000-02-29 23:59:59.999999", "2000-02-29 23:59:59.999999")]
    [InlineData("1999-02-29 00:00:00", null)]
    [InlineData("1998-06-01 23:59:60", null)]
    [InlineData("1998-06-01 25:00:00", null)]
    [InlineData("1998-06-01 10:20:30+25:00", null)]
    [InlineData("1998-06-01 10:20:30 PM", null)]
    [InlineData("1998-6-1 10:20:30", null)]
    [InlineData("1998/06/01 10:20:30", null)]
    [InlineData("06/01/1998 10:20:30", null)]
    [InlineData("0000-06-01 10:20:30", null)]
    [InlineData("-998-06-01 10:20:30", null)]
    [InlineData("0001-01-01 00:00:00", "0001-01-01 00:00:00")]
    [InlineData("9999-12-31 23:59:59.999999", "9999-12-31 23:59:59.999999")]
    [InlineData("10000-01-01 00:00:00", null)]
    [InlineData("0001-01-01 00:00:00+02:00", null)]
    [InlineData("9999-12-31 23:00:00-02:00", null)]
    [InlineData("9999-12-31 24:00:00", null)]
    [InlineData("infinity", null)]
    [InlineData("-infinity", null)]
    [InlineData("896695230", null)]
    [InlineData("", null)]
    public Task Timestamps(string text, string? value) => AssertAsync("TIMESTAMP", text, value);

    // The quick way of reading files may pass for an unusual spelling, but must never tell another value.
    private static async Task AssertAsync(string typeName, string text, string? value)
    {
        Assert.True(ColumnType.TryParse(typeName, out var type));
        await using var test = await TestWarehouse.CreateAsync(withSources: false);
        var rows = await test.RowsAsync($"SELECT CAST({ValueConversion.FromText(type, "T")} AS VARCHAR) FROM (SELECT '{text}' AS T)");
        Assert.Equal(value ?? "NULL", rows.Single());

        var file = test.Write("cell.csv", $"T;U\n{text};\n");
        var quick = await test.RowsAsync(
            $"""
            SELECT CAST({ValueConversion.FromQuick(type, "T")} AS VARCHAR) FROM read_csv({SqlText.Quote(file)}, header = true, auto_detect = false, delim = ';', nullstr = '',
                columns = {"{"} 'T': '{ValueConversion.QuickType(type)}', 'U': 'VARCHAR' {"}"}, null_padding = true, ignore_errors = true)
            WHERE T IS NOT NULL AND {ValueConversion.IsQuick(type, "T", ValueConversion.FromQuick(type, "T"))}
            """);
        Assert.All(quick, cell => Assert.Equal(value, cell));
        if (IsUsual(type, text))
            Assert.Single(quick);
    }

    // What most files hold must take the quick way.
    private static bool IsUsual(ColumnType type, string text) => type.DataType switch
    {
        DataType.BigInt or DataType.Integer => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < 1_000_000_000,
        DataType.Decimal => decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number < 1_000_000_000,
        DataType.Date => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        DataType.Timestamp => DateTime.TryParseExact(text, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        _ => text is "true" or "false",
    };
}
