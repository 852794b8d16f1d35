using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Readiness;
using LoyaltyPipeline.Core.Tests.Integrity;
using LoyaltyPipeline.Core.Tests.Support;
using LoyaltyPipeline.Core.Tests.SyntheticData;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Readiness;

/// <summary>All that is wrong with a configuration is found at once, and what it names is tried.</summary>
public sealed class ConfigTestTests(CleanWarehouse clean) : IClassFixture<CleanWarehouse>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string ConfigPath => Path.Combine(_folder.Path, "pipeline.yml");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_fault_is_found_with_its_line_and_key()
    {
        var findings = await FindAsync(
            """
            guards:
              deletes: 10
              delete: 10%
              rejected: 200%
            extra: 1
            sources:
              DW_A: {schema: 'a b', file: "x\ty"}
              DW_B: {path: x}
            consumers:
              Marketing: {format: Xml, columns: [USER_ID, SHOE_SIZE, HAT_SIZE], redaction: {email: Secret, default_region: ZZ}}
              marketing: {format: Csv}
              Sales: {destination: 's3://'}
              a b: {segment: Engaged}
            integrity:
              checks:
                LOYALTY.MASTER.unique: {warn: lots, error: many}
                none.such: {enabled: false}
              own_checks:
                first: {description: d, query: DELETE FROM LOYALTY.MASTER, suite: Nowhere}
                second: {query: SELECT 1 AS N}
              holidays: [today, 2026-12-25, 2026-02-30]
              calendar: {days: 0, weekdays_only: 1}
            """,
            new ConfigTestOptions { IsOffline = true });

        Assert.Equal(
            [
                (2, "guards.deletes"), (3, "guards.delete"), (4, "guards.rejected"), (5, "extra"), (7, "sources.DW_A.file"),
                (7, "sources.DW_A.schema"), (8, "sources.DW_B.path"), (10, "consumers.Marketing.columns"),
                (10, "consumers.Marketing.columns"),
                (10, "consumers.Marketing.format"), (10, "consumers.Marketing.redaction.default_region"),
                (10, "consumers.Marketing.redaction.email"), (11, "consumers.marketing"), (12, "consumers.Sales.destination"),
                (12, "consumers.Sales.segment"), (13, "consumers.a b"), (16, "integrity.checks.LOYALTY.MASTER.unique.error"),
                (16, "integrity.checks.LOYALTY.MASTER.unique.warn"), (17, "integrity.checks.none.such"),
                (19, "integrity.own_checks.first.query"), (19, "integrity.own_checks.first.suite"),
                (20, "integrity.own_checks.second.description"), (21, "integrity.holidays"), (21, "integrity.holidays"),
                (22, "integrity.calendar.days"), (22, "integrity.calendar.weekdays_only"),
            ],
            findings.Where(finding => finding.Severity == ConfigSeverity.Error).Select(finding => (finding.Line, finding.Key))
                .OrderBy(finding => finding.Line).ThenBy(finding => finding.Key, StringComparer.Ordinal));
        var lines = findings.Where(finding => finding.Severity == ConfigSeverity.Error).Select(finding => finding.Line).ToList();
        Assert.Equal(lines.Order(), lines);
        Assert.All(findings, finding => Assert.NotEmpty(finding.Remedy));
        Assert.DoesNotContain(findings, finding => finding.Message.Contains(ConfigPath, StringComparison.Ordinal));
    }

    // One reader: what it throws at first is what is found first.
    [Theory]
    [InlineData("guards: {deletes: 10, rejected: 200%}")]
    [InlineData("consumers: {Sales: {format: Csv}}")]
    [InlineData("integrity: {checks: {none.such: {enabled: false}}}")]
    [InlineData("guards: [1]")]
    [InlineData("guards: {a")]
    [InlineData("")]
    public async Task What_a_run_is_refused_by_is_among_what_is_found(string text)
    {
        var findings = await FindAsync(text, new ConfigTestOptions { IsOffline = true });

        var thrown = Assert.Throws<LoyaltyException>(() => PipelineLoader.Load(Repository.SqlFolder, ConfigPath));
        Assert.Contains(findings, finding => thrown.Message == $"{ConfigPath} line {finding.Line}: {finding.Message}");
    }

    [Fact]
    public async Task A_destination_is_written_and_left_as_it_was()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "there"));
        var asked = new List<string>();
        var options = new ConfigTestOptions
        {
            MayProbeAsync = destination =>
            {
                asked.Add(Path.GetFileName(destination));
                return Task.FromResult(true);
            },
        };

        Assert.Empty(
            await FindAsync("consumers: {Marketing: {destination: there}, CustomerSuccess: {destination: a/new/one}}", options));

        Assert.Equal(["there", "one"], asked);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(_folder.Path, "there")));
        Assert.False(Directory.Exists(Path.Combine(_folder.Path, "a")));
    }

    [Fact]
    [Unix("Elsewhere no folder is made read-only by its mode.")]
    public async Task A_destination_that_cannot_be_written_is_an_error()
    {
        File.WriteAllText(Path.Combine(_folder.Path, "file"), "");

        var finding = Assert.Single(await FindAsync("consumers:\n  Marketing:\n    destination: file/drop"));

        Assert.Equal(
            (ConfigSeverity.Error, 3, "consumers.Marketing.destination", "DestinationInvalid"),
            (finding.Severity, finding.Line, finding.Key, finding.ErrorId));
    }

    [Fact]
    public async Task Nothing_is_written_where_it_may_not_be()
    {
        var finding = Assert.Single(
            await FindAsync(
                "consumers: {Marketing: {destination: new}, CustomerSuccess: {format: Csv}}",
                new ConfigTestOptions { MayProbeAsync = static _ => Task.FromResult(false) }));

        Assert.Equal((ConfigSeverity.Warning, "consumers.CustomerSuccess.destination"), (finding.Severity, finding.Key));
        Assert.False(Directory.Exists(Path.Combine(_folder.Path, "new")));
    }

    [Fact]
    public async Task A_salt_that_is_not_set_is_an_error_and_nothing_offline()
    {
        const string text = "consumers:\n  Marketing:\n    destination: drop\n    redaction:\n      salt_variable: LOYALTY_TEST_NEVER_SET";

        var finding = Assert.Single(await FindAsync(text));

        Assert.Equal((5, "SaltMissing"), (finding.Line, finding.ErrorId));
        Assert.Empty(await FindAsync(text, new ConfigTestOptions { IsOffline = true }));
    }

    [Fact]
    public async Task Each_secret_that_is_not_there_is_an_error()
    {
        File.WriteAllText(Path.Combine(_folder.Path, "empty"), "\n");

        var findings = await FindAsync(
            """
            notify:
              webhooks:
                chat: {format: Slack, url_variable: LOYALTY_TEST_NEVER_SET}
                ops: {url: 'http://127.0.0.1:9/', token_file: empty}
              mail: {host: h, from: a@b.c, to: [a@b.c], user: u, password_file: nowhere}
            openlineage: {url: 'http://127.0.0.1:9/', api_key_file: nowhere}
            """);

        Assert.Equal(
            [
                ("SecretMissing", 3, "notify.webhooks.chat"), ("SecretMissing", 4, "notify.webhooks.ops"),
                ("SecretMissing", 5, "notify.mail"), ("SecretMissing", 6, "openlineage"),
            ],
            findings.Select(finding => (finding.ErrorId, finding.Line, finding.Key)));
    }

    [Fact]
    public async Task Each_secret_that_cannot_be_sent_is_an_error_that_does_not_show_it()
    {
        foreach (var (name, secret) in new[]
        {
            ("bare", "hooks.example/SECRET"), ("two", "https://h/SECRET\nhttps://h/SECRET"), ("key", "SECRET\nSECRET"),
            ("letters", "SECRÉT"), ("sound", "https://h/SECRET\r\n\n"), ("token", "SECRET\n"),
        })
            File.WriteAllText(Path.Combine(_folder.Path, name), secret);

        var findings = await FindAsync(
            """
            notify:
              webhooks:
                a: {url_file: bare}
                b: {url_file: two}
                c: {url_file: sound, token_file: letters}
                d: {url_file: sound, token_file: token}
            openlineage: {url: 'http://127.0.0.1:9/', api_key_file: key}
            """);

        Assert.Equal(
            [
                ("SecretInvalid", 3, "notify.webhooks.a"), ("SecretInvalid", 4, "notify.webhooks.b"),
                ("SecretInvalid", 5, "notify.webhooks.c"), ("SecretInvalid", 7, "openlineage"),
            ],
            findings.Select(finding => (finding.ErrorId, finding.Line, finding.Key)));
        Assert.DoesNotContain(findings, finding => finding.Message.Contains("SECR", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("webhooks: {a: {format: Slack, url: 'https://hooks.slack.com/x'}}", "notify.webhooks.a.url")]
    [InlineData("webhooks: {a: {url: 'https://h', url_variable: V}}", "notify.webhooks.a.url")]
    [InlineData("webhooks: {a: {format: Json}}", "notify.webhooks.a.url")]
    [InlineData("webhooks: {a: {url_variable: V, url_file: F}}", "notify.webhooks.a.url_file")]
    [InlineData("mail: {host: h, from: a@b.c, to: [a@b.c], user: u}", "notify.mail.user")]
    [InlineData("mail: {host: h, from: a@b.c, to: [a@b.c], user: u, password_file: f, security: None}", "notify.mail.security")]
    [InlineData("mail: {host: h, from: a@b.c, to: ['A <a@b.c>']}", "notify.mail.to")]
    public async Task Secrets_stand_elsewhere_and_go_nowhere_in_the_clear(string notify, string key) =>
        Assert.Equal(
            key, Assert.Single(await FindAsync($"notify: {{{notify}}}", new ConfigTestOptions { IsOffline = true })).Key);

    [Fact]
    public async Task What_is_sent_must_have_what_tells_users_apart() =>
        Assert.Equal(
            "DeliveryInvalid",
            Assert.Single(await FindAsync("consumers: {Marketing: {destination: drop, columns: [EMAIL]}}")).ErrorId);

    [Fact]
    public async Task Without_a_warehouse_what_needs_one_is_not_taken_for_sound()
    {
        var findings = await FindAsync(
            """
            sources: {DW_A: {file: nothing.duckdb}}
            consumers: {Marketing: {destination: drop, stage: '@S/x'}}
            integrity: {own_checks: {odd: {description: d, query: SELECT USER_ID FROM LOYALTY.MASTER}}}
            """);

        Assert.Equal(
            [
                (ConfigSeverity.Error, "sources.DW_A.file"), (ConfigSeverity.Warning, "consumers.Marketing.stage"),
                (ConfigSeverity.Warning, "integrity.own_checks.odd.query"),
            ],
            findings.Select(finding => (finding.Severity, finding.Key)));
    }

    [Fact]
    public async Task Queries_and_stages_are_tried_in_the_warehouse()
    {
        await using var warehouse = await clean.CopyAsync();
        var findings = await FindAsync(
            """
            consumers: {Marketing: {destination: drop, stage: '@S/x'}}
            integrity:
              own_checks:
                sound: {description: d, query: SELECT USER_ID FROM LOYALTY.MASTER}
                nowhere: {description: d, query: SELECT USER_ID FROM LOYALTY.NOTHING}
                nothing: {description: d, query: SELECT SHOE_SIZE FROM LOYALTY.MASTER}
            """,
            new ConfigTestOptions { Warehouse = warehouse.Warehouse });

        Assert.Equal(
            [
                ("StageInvalid", 1, "consumers.Marketing.stage"), ("QueryRefused", 5, "integrity.own_checks.nowhere.query"),
                ("QueryFailed", 6, "integrity.own_checks.nothing.query"),
            ],
            findings.Select(finding => (finding.ErrorId, finding.Line, finding.Key)));
    }

    [Fact]
    public async Task Each_source_that_cannot_be_reached_is_an_error_and_queries_are_not_blamed()
    {
        await using var warehouse = await clean.CopyAsync();
        File.WriteAllText(Path.Combine(_folder.Path, "text.duckdb"), "no database");
        await warehouse.ExecuteAsync("DROP TABLE DW_A.USER_PROFILE");

        var findings = await FindAsync(
            """
            sources:
              DW_A: {file: nothing.duckdb}
              DW_B: {schema: NOT_THERE}
              DW_C: {file: text.duckdb}
            integrity: {own_checks: {odd: {description: d, query: SELECT USER_ID FROM DW_A.USER_PROFILE}}}
            """,
            new ConfigTestOptions { Warehouse = warehouse.Warehouse });

        Assert.Equal(
            [
                ("SourceMissing", 2, "sources.DW_A.file"), ("SourceMissing", 3, "sources.DW_B.schema"),
                ("SourceFileUnreadable", 4, "sources.DW_C.file"),
            ],
            findings.Select(finding => (finding.ErrorId, finding.Line, finding.Key)));
    }

    private async Task<IReadOnlyList<ConfigFinding>> FindAsync(string text, ConfigTestOptions? options = null)
    {
        File.WriteAllText(ConfigPath, text);
        return await new ConfigTest(Repository.SqlFolder)
            .RunAsync(ConfigPath, options ?? new ConfigTestOptions(), new RecordingReporter(), TestWarehouse.Token)
            .ToListAsync(TestWarehouse.Token);
    }
}
