using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Sources;

public sealed class ParquetTests
{
    private const string Calls =
        "SELECT CAST(1 AS BIGINT) AS USER_ID, DATE '1998-06-01' AS AS_OF_DATE, CAST(3 AS INTEGER) AS CALLS_LAST_30_DAYS";

    [Theory]
    [InlineData(Calls)]
    [InlineData("SELECT 3::INTEGER AS calls_last_30_days, DATE '1998-06-01' AS As_Of_Date, 1::BIGINT AS USER_ID")]
    [InlineData("SELECT 1::INTEGER AS USER_ID, '1998-06-01' AS AS_OF_DATE, 3::BIGINT AS CALLS_LAST_30_DAYS")]
    [InlineData("SELECT 1::DOUBLE AS USER_ID, TIMESTAMP '1998-06-01' AS AS_OF_DATE, '3' AS CALLS_LAST_30_DAYS")]
    [InlineData(
        "SELECT 1::DECIMAL(18,3) AS USER_ID, TIMESTAMPTZ '1998-06-01 02:00:00+02' AS AS_OF_DATE, 3::UTINYINT AS CALLS_LAST_30_DAYS")]
    [InlineData("SELECT 1::HUGEINT AS USER_ID, TIMESTAMP_NS '1998-06-01' AS AS_OF_DATE, 3::FLOAT AS CALLS_LAST_30_DAYS")]
    [InlineData("SELECT '1'::BLOB AS USER_ID, '1998-06-01'::BLOB AS AS_OF_DATE, 3::SMALLINT AS CALLS_LAST_30_DAYS")]
    public async Task Columns_of_many_types_are_read(string query)
    {
        await using var test = await TestWarehouse.CreateAsync();
        await test.ImportAsync(await test.WriteParquetAsync("SUPPORT_CALLS.parquet", query));
        Assert.Equal(["1|1998-06-01|3"], await test.CallsAsync());
        Assert.Empty(await test.QuarantineAsync());
        Assert.Empty(test.Reporter.Warnings);
    }

    [Theory]
    [InlineData("type", "CALLS_LAST_30_DAYS", "1.5::DOUBLE")]
    [InlineData("type", "CALLS_LAST_30_DAYS", "3000000000::BIGINT")]
    [InlineData("type", "CALLS_LAST_30_DAYS", "'x'")]
    [InlineData("type", "CALLS_LAST_30_DAYS", "''")]
    [InlineData("type", "CALLS_LAST_30_DAYS", "'NaN'::DOUBLE")]
    [InlineData("type", "CALLS_LAST_30_DAYS", "[3]")]
    [InlineData("type", "USER_ID", "123456789012345678::DOUBLE")]
    [InlineData("type", "USER_ID", "9007199254740992::DOUBLE")]
    [InlineData("type", "USER_ID", "16777216::FLOAT")]
    [InlineData("type", "AS_OF_DATE", "TIMESTAMP '1998-06-01 00:00:01'")]
    [InlineData("type", "AS_OF_DATE", "DATE 'infinity'")]
    [InlineData("type", "AS_OF_DATE", "DATE '10000-01-01'")]
    [InlineData("type", "AS_OF_DATE", "DATE '0001-12-31 (BC)'")]
    [InlineData("type", "AS_OF_DATE", "TIMESTAMP 'infinity'")]
    [InlineData("null_key", "AS_OF_DATE", "NULL::DATE")]
    [InlineData("null_key", "USER_ID", "NULL::VARCHAR")]
    [InlineData("not_null", "CALLS_LAST_30_DAYS", "NULL::INTEGER")]
    [InlineData("range", "CALLS_LAST_30_DAYS", "-1::INTEGER")]
    public async Task Unusable_rows_are_rejected_alone(string rule, string column, string value)
    {
        await using var test = await TestWarehouse.CreateAsync();
        var path = await test.WriteParquetAsync(
            "SUPPORT_CALLS.parquet", $"{Calls} UNION ALL SELECT * REPLACE (7 AS USER_ID) FROM ({Calls})");
        await test.ImportAsync(path);
        await test.WriteParquetAsync("SUPPORT_CALLS.parquet", $"SELECT * REPLACE ({value} AS {column}) FROM ({Calls})");
        var result = await test.ImportAsync(path);
        Assert.Equal([$"{rule} SUPPORT_CALLS.parquet row 1"], await test.PlacesAsync());
        Assert.Equal(["1|1998-06-01|3", "7|1998-06-01|3"], await test.CallsAsync());
        Imports.AssertAddsUp(result);
    }

    [Fact]
    public async Task Rows_are_counted_from_one_across_row_groups()
    {
        await using var test = await TestWarehouse.CreateAsync();
        var path = Path.Combine(test.Folder, "SUPPORT_CALLS.parquet");
        await test.ExecuteAsync(
            $"COPY (SELECT range + 1 AS USER_ID, DATE '1998-06-01' AS AS_OF_DATE, CASE WHEN range IN (0, 150000, 299999) THEN 0.5 ELSE 1 END AS CALLS_LAST_30_DAYS FROM range(300000) ORDER BY range) TO '{path}' (FORMAT parquet, ROW_GROUP_SIZE 20000)");
        await test.ImportAsync(path);
        Assert.Equal(
            ["type SUPPORT_CALLS.parquet row 1", "type SUPPORT_CALLS.parquet row 150001", "type SUPPORT_CALLS.parquet row 300000"],
            await test.PlacesAsync());
        Assert.Equal(["299997"], await test.RowsAsync("SELECT COUNT(*) FROM DW_B.SUPPORT_CALLS"));
    }

    [Fact]
    public async Task Amounts_and_times_come_through()
    {
        await using var test = await TestWarehouse.CreateAsync();
        await test.ImportAsync(await test.WriteParquetAsync("USER_ACTIVITY.parquet", """
            SELECT 1 AS ACTIVITY_ID, 1 AS USER_ID, 'login' AS ACTIVITY_TYPE, TIMESTAMPTZ '1998-06-01 10:00:00.5+02' AS ACTIVITY_AT, 2.345::DOUBLE AS AMOUNT, NULL::INTEGER AS RATING
            UNION ALL SELECT 2, 1, 'login', TIMESTAMPTZ '1998-06-01 10:00:00Z', -2.345, 5
            UNION ALL SELECT 3, 1, 'login', TIMESTAMPTZ '1998-06-01 10:00:00Z', 9999999999.995, 5
            """));
        Assert.Equal(
            ["1|1998-06-01 08:00:00.5|2.35|NULL", "2|1998-06-01 10:00:00|-2.35|5"],
            await test.RowsAsync("SELECT ACTIVITY_ID, ACTIVITY_AT, AMOUNT, RATING FROM DW_A.USER_ACTIVITY ORDER BY 1"));
        Assert.Equal(["type USER_ACTIVITY.parquet row 3"], await test.PlacesAsync());
    }

    // What knows NULL in floats only keeps a column of telephone numbers as such.
    [Theory]
    [InlineData("491701234567::DOUBLE", "491701234567")]
    [InlineData("-5::FLOAT", "-5")]
    [InlineData("0.5::DOUBLE", "0.5")]
    [InlineData("NULL::DOUBLE", "NULL")]
    [InlineData("491701234567::BIGINT", "491701234567")]
    [InlineData("9007199254740992::DOUBLE", null)]
    [InlineData("4917012345678901234::DOUBLE", null)]
    [InlineData("491701234567::FLOAT", null)]
    [InlineData("'NaN'::DOUBLE", null)]
    public async Task A_text_that_was_stored_as_a_float_is_its_digits_or_rejected(string value, string? text)
    {
        await using var test = await TestWarehouse.CreateAsync();
        await test.ImportAsync(await test.WriteParquetAsync("USER_PROFILE.parquet",
            $"SELECT 1 AS USER_ID, {value} AS PHONE, 'plus' AS ACCOUNT_TYPE, 'active' AS ACCOUNT_STATUS, TRUE AS MARKETING_CONSENT, DATE '1998-01-01' AS SIGNED_UP_AT, DATE '1998-01-01' AS UPDATED_AT"));
        Assert.Equal(text is null ? [] : [text], await test.RowsAsync("SELECT PHONE FROM DW_A.USER_PROFILE"));
        if (text is null)
            Assert.Equal(
                ["type|USER_PROFILE.parquet row 1: column PHONE: the value is no VARCHAR: it was stored as a float, and digits of it are lost"], await test.QuarantineAsync());
    }

    [Fact]
    public async Task Nanoseconds_are_cut_off_and_never_rounded_up()
    {
        await using var test = await TestWarehouse.CreateAsync();
        await test.ImportAsync(await test.WriteParquetAsync("USER_ACTIVITY.parquet", """
            SELECT 1 AS ACTIVITY_ID, 1 AS USER_ID, 'login' AS ACTIVITY_TYPE, TIMESTAMP_NS '1998-06-01 10:00:00.123456' AS ACTIVITY_AT
            UNION ALL SELECT 2, 1, 'login', TIMESTAMP_NS '1998-06-01 23:59:59.999999999'
            """));
        Assert.Equal(
            ["1|1998-06-01 10:00:00.123456", "2|1998-06-01 23:59:59.999999"],
            await test.RowsAsync("SELECT ACTIVITY_ID, ACTIVITY_AT FROM DW_A.USER_ACTIVITY ORDER BY 1"));
    }

    [Fact]
    public async Task Unknown_and_missing_columns_are_named()
    {
        await using var test = await TestWarehouse.CreateAsync();
        await test.ImportAsync(await test.WriteParquetAsync("USER_ACTIVITY.parquet",
            "SELECT 1 AS ACTIVITY_ID, 2 AS \"odd \"\"name\", 1 AS USER_ID, 'login' AS ACTIVITY_TYPE, DATE '1998-06-01' AS ACTIVITY_AT, 5 AS RATING"));
        Assert.Equal(
            ["1|1998-06-01 00:00:00|NULL"], await test.RowsAsync("SELECT ACTIVITY_ID, ACTIVITY_AT, AMOUNT FROM DW_A.USER_ACTIVITY"));
        Assert.Equal(2, test.Reporter.Warnings.Count);
        Assert.Equal(
            "SourceColumnMissing", await test.RefusedAsync(await test.WriteParquetAsync("SUPPORT_CALLS.parquet", "SELECT 1 AS USER_ID")));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(100)]
    [InlineData(-1)]
    [InlineData(-200)]
    public async Task Cut_off_is_refused(int length)
    {
        await using var test = await TestWarehouse.CreateAsync();
        var path = await test.WriteParquetAsync("SUPPORT_CALLS.parquet", Calls);
        var bytes = await File.ReadAllBytesAsync(path, TestWarehouse.Token);
        await File.WriteAllBytesAsync(path, length < 0 ? bytes[..^-length] : bytes[..length], TestWarehouse.Token);
        var error = await Assert.ThrowsAsync<LoyaltyException>(() => test.ImportAsync(path));
        Assert.Equal("SourceFileUnreadable", error.ErrorId);
        Assert.EndsWith(
            length switch { 0 => "it is empty.", 3 => "it is no Parquet file.", _ => "it is cut off or damaged: it does not end as a Parquet file does." }, error.Message, StringComparison.Ordinal);
        Assert.Contains("delivered again", error.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("USER_ID,AS_OF_DATE\n1,1998-06-01\n", "it is no Parquet file.")]
    [InlineData("PK\u0003\u0004 and more", "it is no Parquet file. It looks like a zip archive or an Excel workbook.")]
    [InlineData("PAR1 no description of columns \u0009\u0000\u0000\u0000PAR1", null)]
    [InlineData(
        "PAR1 a longer one than there is \u00ff\u00ff\u0000\u0000PAR1",
        "it is cut off or damaged: it does not end as a Parquet file does.")]
    public async Task What_is_no_Parquet_is_named_without_a_statement(string latin1, string? expected)
    {
        await using var test = await TestWarehouse.CreateAsync();
        var path = test.WriteBytes("SUPPORT_CALLS.parquet", latin1);

        var error = await Assert.ThrowsAsync<LoyaltyException>(() => test.ImportAsync(path));

        Assert.Equal("SourceFileUnreadable", error.ErrorId);
        Assert.StartsWith($"{path} cannot be read: {expected}", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("DESCRIBE", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("read_parquet", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Damaged_in_the_middle_is_refused()
    {
        await using var test = await TestWarehouse.CreateAsync();
        var path = await test.WriteParquetAsync(
            "SUPPORT_CALLS.parquet",
            "SELECT hash(range) % 1000000007 AS USER_ID, DATE '1998-06-01' AS AS_OF_DATE, 1 AS CALLS_LAST_30_DAYS FROM range(50000)");
        var bytes = await File.ReadAllBytesAsync(path, TestWarehouse.Token);
        bytes.AsSpan(1000, 2000).Fill(0xEE);
        await File.WriteAllBytesAsync(path, bytes, TestWarehouse.Token);
        var before = await test.ContentAsync();
        Assert.Equal("SourceFileUnreadable", await test.RefusedAsync(path));
        Assert.Equal(before, await test.ContentAsync());
    }
}
