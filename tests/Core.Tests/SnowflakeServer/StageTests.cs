using System.IO.Compression;
using LoyaltyPipeline.SnowflakeSupport;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.SnowflakeServers;

/// <summary>Files go into stages, from stages into tables, and from tables into stages.</summary>
[Trait("Group", "TestSupport")]
public sealed class StageTests : IDisposable
{
    private const string Csv =
        "FILE_FORMAT = (TYPE = CSV COMPRESSION = GZIP SKIP_HEADER = 1 FIELD_OPTIONALLY_ENCLOSED_BY = '\"' ESCAPE_UNENCLOSED_FIELD = NONE NULL_IF = ())";

    private readonly SnowflakeServer _server = new();
    private readonly TestSession _session;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("stage-tests-");

    public StageTests()
    {
        _session = new TestSession(_server);
        _session.Run("CREATE TABLE T (ID BIGINT NOT NULL, V VARCHAR, D DATE, N DECIMAL(10, 2), F TIMESTAMP_NTZ, B BOOLEAN)");
    }

    [Fact]
    public void A_file_is_put_listed_loaded_and_removed()
    {
        Put("ID,V,D,N,F,B\n1,\"a, \"\"b\"\"\",2025-01-02,1.25,2025-01-02 03:04:05.5,true\n2,,,,,\n3,\"\",,,,\n");
        Assert.Equal(["in/rows.csv.gz"], _session.Rows("LIST @~/in").ConvertAll(row => row.Split('|')[0]));
        using (var command = _session.Command($"COPY INTO T FROM @~/in {Csv} PURGE = TRUE"))
        using (var reader = command.ExecuteReader())
        {
            Assert.True(reader.Read());
            Assert.Equal(
                ("in/rows.csv.gz", "LOADED", 3L, 3L), (reader["file"], reader["status"], reader["rows_parsed"], reader["rows_loaded"]));
            Assert.Equal(3, reader.RecordsAffected);
        }

        Assert.Equal(
            ["1|a, \"b\"|01/02/2025 00:00:00|1.25|01/02/2025 03:04:05|True", "2|NULL|NULL|NULL|NULL|NULL", "3||NULL|NULL|NULL|NULL"],
            _session.Rows("SELECT * FROM T ORDER BY ID"));
        Assert.Empty(_session.Rows("LIST @~/in"));
        Assert.Equal(["Copy executed with 0 files processed."], _session.Rows($"COPY INTO T FROM @~/in {Csv}"));
    }

    [Fact]
    public void Rows_that_cannot_be_loaded_are_told_and_the_others_are_loaded()
    {
        Put("ID,V,D,N,F,B\n1,a,2025-01-02,1,,\nx,b,,,,\n3,c,yesterday,,,\n,d,,,,\n5,e\n6,f,,,,maybe\n7,g,,,noon,\n8,h,,,,\n");
        using (var command = _session.Command($"COPY INTO T FROM @~/in {Csv} ON_ERROR = CONTINUE"))
        using (var reader = command.ExecuteReader())
        {
            Assert.True(reader.Read());
            Assert.Equal(
                ("PARTIALLY_LOADED", 8L, 2L, 6L), (reader["status"], reader["rows_parsed"], reader["rows_loaded"], reader["errors_seen"]));
            Assert.Equal(
                ("Numeric value 'x' is not recognized", 3L, "ID"),
                (reader["first_error"], reader["first_error_line"], reader["first_error_column_name"]));
        }

        Assert.Equal(["1", "8"], _session.Rows("SELECT ID FROM T ORDER BY ID"));
        Assert.Equal(
            ["100038|ID|2|x,b,,,,", "100040|D|3|3,c,yesterday,,,", "100072|ID|4|,d,,,,", "100080|NULL|5|5,e", "100037|B|6|6,f,,,,maybe",
                "100035|F|7|7,g,,,noon,"],
            _session.Rows(
                "SELECT CODE, COLUMN_NAME, ROW_NUMBER, REJECTED_RECORD FROM TABLE(VALIDATE(T, JOB_ID => '_last')) ORDER BY ROW_NUMBER"));
    }

    [Fact]
    public void A_bad_row_stops_a_load_that_does_not_say_otherwise_and_nothing_is_loaded()
    {
        Put("ID,V,D,N,F,B\n1,a,,,,\nx,b,,,,\n");
        var (code, message) = _session.Refused($"COPY INTO T FROM @~/in {Csv}");
        Assert.Equal("100038 22018", code);
        Assert.Contains("Numeric value 'x' is not recognized\n  File 'in/rows.csv.gz', line 3", message, StringComparison.Ordinal);
        Assert.Empty(_session.Rows("SELECT * FROM T"));
        Assert.Equal(
            ["x,b,,,,"],
            _session.Rows($"COPY INTO T FROM @~/in {Csv} VALIDATION_MODE = RETURN_ERRORS").ConvertAll(row => row.Split('|')[^1]));
    }

    [Fact]
    public void A_file_is_loaded_once_unless_forced()
    {
        Put("ID,V,D,N,F,B\n1,a,,,,\n");
        Assert.Equal(1, _session.Run($"COPY INTO T (ID, V, D, N, F, B) FROM @~/in/rows.csv.gz {Csv}"));
        Assert.Equal(0, _session.Run($"COPY INTO T FROM @~/in {Csv}"));
        Assert.Equal(1, _session.Run($"COPY INTO T FROM @~/in {Csv} FORCE = TRUE"));
    }

    [Fact]
    public void A_load_belongs_to_the_open_transaction()
    {
        Put("ID,V,D,N,F,B\n1,a,,,,\n");
        _session.Run("BEGIN");
        _session.Run($"COPY INTO T FROM @~/in {Csv}");
        _session.Run("ROLLBACK");
        Assert.Empty(_session.Rows("SELECT * FROM T"));
    }

    [Fact]
    public void Put_compresses_skips_what_is_there_and_misses_what_is_not()
    {
        var path = Path.Combine(_folder.FullName, "plain.csv");
        File.WriteAllText(path, "1\n");
        var put = $"PUT 'file://{Url(path)}' @~/in";
        Assert.Equal(["plain.csv|plain.csv.gz|none|gzip|UPLOADED"], _session.Rows(put).ConvertAll(Shown));
        Assert.Equal(["plain.csv|plain.csv.gz|none|gzip|SKIPPED"], _session.Rows(put).ConvertAll(Shown));
        Assert.Equal(
            ["plain.csv|plain.csv|none|none|UPLOADED"], _session.Rows(put + " AUTO_COMPRESS = FALSE OVERWRITE = TRUE").ConvertAll(Shown));
        Assert.Equal("253006 02000", _session.Refused($"PUT 'file://{Url(path)}.not' @~/in").Code);

        static string Shown(string row) => row.Split('|') is var parts ? $"{parts[0]}|{parts[1]}|{parts[4]}|{parts[5]}|{parts[6]}" : "";
    }

    [Fact]
    public async Task Put_is_not_there_for_async_calls()
    {
        await using var command = _session.Command("PUT file:///tmp/x @~/in");
        await Assert.ThrowsAsync<NotImplementedException>(() => command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Rows_are_unloaded_into_an_external_stage_and_no_row_writes_no_file()
    {
        _server.MapExternalLocation("s3://bucket/out", _folder.FullName);
        _session.Run("CREATE STAGE OUTSIDE URL = 's3://bucket/out/' STORAGE_INTEGRATION = S3 FILE_FORMAT = (TYPE = CSV)");
        _session.Run("INSERT INTO T SELECT * FROM VALUES (1, 'a\"b', DATE '2025-01-02', 1.5, NULL, TRUE)");
        const string Format =
            "FILE_FORMAT = (TYPE = CSV COMPRESSION = GZIP FIELD_OPTIONALLY_ENCLOSED_BY = '\"' NULL_IF = ('')) HEADER = TRUE";
        Assert.Equal(1, _session.Run($"COPY INTO @OUTSIDE/day=1/ FROM (SELECT * FROM T) {Format}"));
        Assert.Equal(
            ["s3://bucket/out/day=1/data_0_0_0.csv.gz"], _session.Rows("LIST @OUTSIDE/day=1").ConvertAll(row => row.Split('|')[0]));
        using (var reader = new StreamReader(
            new GZipStream(File.OpenRead(Path.Combine(_folder.FullName, "day=1", "data_0_0_0.csv.gz")), CompressionMode.Decompress)))
            Assert.Equal("\"ID\",\"V\",\"D\",\"N\",\"F\",\"B\"\n1,\"a\"\"b\",2025-01-02,1.50,,true\n", reader.ReadToEnd());
        Assert.Equal("001030 22000", _session.Refused($"COPY INTO @OUTSIDE/day=1/ FROM T {Format}").Code);
        Assert.Equal(0, _session.Run($"COPY INTO @OUTSIDE/day=2/ FROM (SELECT * FROM T WHERE ID = 7) {Format}"));
        Assert.Empty(_session.Rows("LIST @OUTSIDE/day=2"));
        Assert.Equal(1, _session.Run("COPY INTO @OUTSIDE/day=3/ FROM (SELECT * FROM T) FILE_FORMAT = (TYPE = PARQUET)"));
        Assert.True(File.Exists(Path.Combine(_folder.FullName, "day=3", "data_0_0_0.snappy.parquet")));
        Assert.Equal("002003 02000", _session.Refused("LIST @NOWHERE").Code);
    }

    [Fact]
    public void A_stage_tells_where_it_is()
    {
        _session.Run("CREATE STAGE OUTSIDE URL = 's3://bucket/out/'");
        _session.Run("CREATE STAGE INSIDE");
        Assert.Contains("STAGE_LOCATION|URL|String|[\"s3://bucket/out/\"]|", _session.Rows("DESC STAGE OUTSIDE"));
        Assert.Contains("STAGE_LOCATION|URL|String||", _session.Rows("DESCRIBE STAGE PUBLIC.INSIDE"));
        Assert.Equal("002003 02000", _session.Refused("DESC STAGE NOWHERE").Code);
        Assert.Equal("002079 22023", _session.Refused("CREATE STAGE COMPATIBLE URL = 's3compat://bucket/out/'").Code);
    }

    [Fact]
    public void A_single_file_has_its_name_and_is_not_too_large()
    {
        _server.MapExternalLocation("s3://bucket/out", _folder.FullName);
        _session.Run("CREATE STAGE OUTSIDE URL = 's3://bucket/out/'");
        _session.Run(
            "INSERT INTO T SELECT * FROM VALUES (1, 'a', NULL, 1.5, TIMESTAMP '2025-01-02 03:04:05', NULL), (2, REPEAT('b', 200), NULL, NULL, NULL, FALSE)");
        const string Single =
            "FILE_FORMAT = (TYPE = CSV COMPRESSION = NONE FIELD_OPTIONALLY_ENCLOSED_BY = '\"' NULL_IF = ('\\\\N') TIMESTAMP_FORMAT = 'YYYY-MM-DD\"T\"HH24:MI:SS.FF6\"Z\"') HEADER = TRUE SINGLE = TRUE";
        Assert.Equal(
            "100083 22000",
            _session.Refused($"COPY INTO '@OUTSIDE/x=1/part.csv' FROM (SELECT ID, V FROM T) {Single} MAX_FILE_SIZE = 100").Code);
        Assert.Empty(_session.Rows("LIST '@OUTSIDE/x=1/'"));
        Assert.Equal(
            "001023 22023",
            _session.Refused($"COPY INTO '@OUTSIDE/x=1/part.csv' FROM (SELECT ID, V FROM T) {Single} MAX_FILE_SIZE = 5368709121").Code);
        Assert.Equal(1, _session.Run($"COPY INTO '@OUTSIDE/x=1/part.csv' FROM (SELECT * FROM T WHERE ID = 1) {Single}"));
        Assert.Equal(
            "\"ID\",\"V\",\"D\",\"N\",\"F\",\"B\"\n1,\"a\",\\N,1.50,2025-01-02T03:04:05.000000Z,\\N\n",
            File.ReadAllText(Path.Combine(_folder.FullName, "x=1", "part.csv")));
        Assert.Equal("001030 22000", _session.Refused($"COPY INTO '@OUTSIDE/x=1/part.csv' FROM (SELECT ID FROM T) {Single}").Code);
        Assert.Equal(2, _session.Run($"COPY INTO '@OUTSIDE/x=1/part.csv' FROM (SELECT ID FROM T) {Single} OVERWRITE = TRUE"));
        Assert.Equal(["s3://bucket/out/x=1/part.csv|removed"], _session.Rows("REMOVE '@OUTSIDE/x=1/'"));
        Assert.Equal(
            "100171 22000",
            _session.Refused(
                "COPY INTO @OUTSIDE/x=2/ FROM (SELECT CAST(F AS TIMESTAMP_TZ) AS F FROM T) FILE_FORMAT = (TYPE = PARQUET) HEADER = TRUE").Code);
    }

    [Fact]
    public void Get_brings_files_back()
    {
        Put("ID,V,D,N,F,B\n");
        var target = Path.Combine(_folder.FullName, "back");
        Assert.Equal(["rows.csv.gz"], _session.Rows($"GET @~/in 'file://{Url(target)}'").ConvertAll(row => row.Split('|')[0]));
        Assert.Equal(["in/rows.csv.gz|removed"], _session.Rows("REMOVE @~/in"));
        Assert.True(File.Exists(Path.Combine(target, "rows.csv.gz")));
    }

    public void Dispose()
    {
        _session.Dispose();
        _server.Dispose();
        _folder.Delete(recursive: true);
    }

    // Of Windows' paths Snowflake wants slashes: in a text a backslash begins something else.
    private static string Url(string path) => path.Replace('\\', '/');

    private void Put(string text)
    {
        var path = Path.Combine(_folder.FullName, "rows.csv.gz");
        using (var writer = new StreamWriter(new GZipStream(File.Create(path), CompressionLevel.Fastest)))
            writer.Write(text);
        _session.Run($"PUT 'file://{Url(path)}' @~/in AUTO_COMPRESS = FALSE SOURCE_COMPRESSION = GZIP OVERWRITE = TRUE");
    }
}
