using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using LoyaltyPipeline.Core.Configuration.Notify;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Notification;
using LoyaltyPipeline.Core.Readiness;
using LoyaltyPipeline.Core.Tests.Support;
using LoyaltyPipeline.Core.Tests.SyntheticData;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Notification;

/// <summary>
/// People are told once, in time, what they can act on; whatever goes wrong with it is a warning. Servers are on loopback.
/// </summary>
public sealed class NotificationTests : IDisposable
{
    private static readonly NotificationReason Guard = NotificationReason.Of(
        "GuardTripped", LoyaltyErrors.GuardTripped.Because("3 of 9 users <would> disappear & more."));

    private readonly TemporaryFolder _folder = new();
    private readonly RecordingReporter _reporter = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_webhook_is_sent_run_reason_remedy_and_link()
    {
        await using var server = new LoopbackHttp();

        var result = Assert.Single(await TellAsync(Hook(server.Address), RunOutcome.Failed, Guard));

        Assert.Equal((NotificationStatus.Sent, NotificationEvent.Failure), (result.Status, result.Event));
        var (body, authorization, type) = Assert.Single(server.Requests);
        Assert.Equal((null, "application/json; charset=utf-8"), (authorization, type));
        var json = JsonNode.Parse(body)!;
        Assert.Equal("failure", (string?)json["event"]);
        Assert.Equal("GuardTripped", (string?)json["reason_id"]);
        Assert.Equal("3 of 9 users <would> disappear & more.", (string?)json["reason"]);
        Assert.Equal(LoyaltyErrors.GuardTripped.Remedy, (string?)json["remedy"]);
        Assert.Equal("https://intranet.example/loyalty", (string?)json["link"]);
        Assert.Empty(_reporter.Warnings);
        using var sent = JsonDocument.Parse(body);
        var schema = JsonSchema.FromFile(Path.Combine(Repository.Root, "module", "schemas", "notification.schema.json"));
        Assert.True(schema.Evaluate(sent.RootElement).IsValid);
        json.AsObject().Remove("run_id");
        using var lacking = JsonDocument.Parse(json.ToJsonString());
        Assert.False(schema.Evaluate(lacking.RootElement).IsValid);
    }

    [Fact]
    public async Task Slack_and_Teams_get_what_they_read_at_an_address_that_is_a_secret()
    {
        await using var server = new LoopbackHttp();
        var file = Path.Combine(_folder.Path, "url");
        await File.WriteAllTextAsync(file, $"{server.Address}\n", TestWarehouse.Token);
        var settings = Settings with
        {
            Webhooks = [.. new[] { WebhookFormat.Slack, WebhookFormat.Teams }.Select(
                format => new WebhookSettings($"{format}", format, Url: null, new SecretSource(Variable: null, file), Token: null))],
        };

        Assert.All(await TellAsync(settings, RunOutcome.Failed, Guard), result => Assert.Equal(NotificationStatus.Sent, result.Status));

        var bodies = server.Requests.ConvertAll(request => JsonNode.Parse(request.Body)!);
        var slack = Assert.Single(bodies, body => body["blocks"] is not null);
        Assert.Contains("GuardTripped", (string?)slack["text"], StringComparison.Ordinal);
        Assert.Contains(
            "3 of 9 users &lt;would&gt; disappear &amp; more.", (string?)slack["blocks"]![1]!["text"]!["text"], StringComparison.Ordinal);
        Assert.Equal("<https://intranet.example/loyalty|Open>", (string?)slack["blocks"]![2]!["text"]!["text"]);
        var card = Assert.Single(bodies, body => body["attachments"] is not null)["attachments"]![0]!;
        Assert.Equal("application/vnd.microsoft.card.adaptive", (string?)card["contentType"]);
        Assert.Equal("AdaptiveCard", (string?)card["content"]!["type"]);
        Assert.Equal("https://intranet.example/loyalty", (string?)card["content"]!["actions"]![0]!["url"]);
        Assert.Contains(
            card["content"]!["body"]![1]!["facts"]!.AsArray(), fact => (string?)fact!["value"] == "3 of 9 users <would> disappear & more.");
    }

    [Theory]
    [InlineData(500)]
    [InlineData(404)]
    [InlineData(302)]
    public async Task A_webhook_that_answers_with_an_error_is_a_warning(int status)
    {
        await using var server = new LoopbackHttp(status);

        var result = Assert.Single(await TellAsync(Hook(server.Address), RunOutcome.Failed, Guard));

        Assert.Equal(NotificationStatus.Failed, result.Status);
        Assert.Contains($"answers {status}", Assert.Single(_reporter.Warnings), StringComparison.Ordinal);
        Assert.DoesNotContain("secret-path", result.Detail, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_webhook_that_refuses_or_hangs_takes_no_longer_than_it_may()
    {
        await using var hangs = new LoopbackHttp(hangs: true);
        var gone = new Uri($"http://127.0.0.1:{LoopbackHttp.FreePort()}/secret-path");
        var settings = Hook(hangs.Address) with { Timeout = TimeSpan.FromSeconds(1) };
        settings = settings with { Webhooks = [.. settings.Webhooks, settings.Webhooks[0] with { Name = "gone", Url = gone }] };
        var clock = Stopwatch.StartNew();

        var results = await TellAsync(settings, RunOutcome.Failed, Guard);

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10), $"It took {clock.Elapsed}.");
        Assert.Equal(
            [
                "ops could not be told: it took more than 1 s.",
                "The webhook gone could not be told: 127.0.0.1 cannot be reached: ConnectionError.",
            ],
            results.Select(result => result.Detail));
        Assert.Equal(2, _reporter.Warnings.Count);
    }

    [Fact]
    public async Task A_secret_that_is_not_there_is_a_warning()
    {
        var settings = Hook(new Uri("http://127.0.0.1:9/")) with
        {
            Webhooks = [new WebhookSettings("ops", WebhookFormat.Slack, null, new SecretSource("LOYALTY_TEST_NEVER_SET", null), null)],
        };

        var result = Assert.Single(await TellAsync(settings, RunOutcome.Failed, Guard));

        Assert.Equal("The environment variable LOYALTY_TEST_NEVER_SET is not set.", result.Detail);
    }

    [Fact]
    public async Task Mail_is_encrypted_before_a_password_or_a_word_of_it_is_sent()
    {
        await using var server = new LoopbackMail();

        var result = Assert.Single(await TellAsync(MailTo(server.Port, Password()), RunOutcome.Failed, Guard));

        Assert.True(result.Status == NotificationStatus.Sent, result.Detail);
        Assert.Equal(
            ["EHLO", "STARTTLS"],
            server.Commands.Where(command => !command.IsEncrypted).Select(command => command.Line.Split(' ')[0]));
        Assert.Contains(server.Commands, command => command.Line.StartsWith("AUTH", StringComparison.Ordinal));
        var mail = Assert.Single(server.Mails);
        Assert.Contains("Subject: Loyalty pipeline: the run failed (GuardTripped)", mail, StringComparison.Ordinal);
        Assert.Contains("To: ops@example.com", mail, StringComparison.Ordinal);
        Assert.Contains("Auto-Submitted: auto-generated", mail, StringComparison.Ordinal);
        Assert.Contains("Reason: 3 of 9 users", mail, StringComparison.Ordinal);
        Assert.Contains("https://intranet.example/loyalty", mail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mail_is_not_sent_to_a_server_that_does_not_encrypt_or_is_not_trusted()
    {
        await using var plain = new LoopbackMail { OffersTls = false };
        await using var stranger = new LoopbackMail();

        var unencrypted = Assert.Single(await TellAsync(MailTo(plain.Port, Password()), RunOutcome.Failed, Guard));
        var untrusted = Assert.Single(
            await new NotificationRunner(MailTo(stranger.Port, Password()))
                .RunAsync(new NotificationOptions(RunOutcome.Failed, Guard), _reporter, TestWarehouse.Token));

        Assert.Equal(NotificationStatus.Failed, unencrypted.Status);
        Assert.Contains("not trusted", untrusted.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain(
            plain.Commands.Concat(stranger.Commands), command => command.Line.StartsWith("AUTH", StringComparison.Ordinal));
        Assert.Empty(plain.Mails.Concat(stranger.Mails));
    }

    [Theory]
    [InlineData("loyalty")]
    [InlineData(null)]
    public async Task No_word_of_a_mail_whose_password_would_go_in_the_clear_is_sent(string? user)
    {
        await using var plain = new LoopbackMail { OffersTls = false };
        var settings = MailTo(plain.Port, Password());
        settings = settings with { Mail = settings.Mail! with { Security = MailSecurity.None, User = user } };

        var result = Assert.Single(await TellAsync(settings, RunOutcome.Failed, Guard));

        Assert.Equal(NotificationStatus.Failed, result.Status);
        Assert.Contains("in the clear", Assert.Single(_reporter.Warnings), StringComparison.Ordinal);
        Assert.Empty(plain.Commands);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_channel_whose_settings_have_a_fault_fails_with_it_and_the_others_are_told(bool planOnly)
    {
        await using var server = new LoopbackHttp();
        await using var plain = new LoopbackMail { OffersTls = false };
        Password();
        var runner = Load(
            $$"""
            notify:
              link: nowhere
              webhooks:
                sound: {url: '{{server.Address}}'}
                bad: {url: 'hooks.slack.com/SECRET'}
                none: {}
                text: SECRET
                format: {url: '{{server.Address}}', format: Xml}
                spelt: {url: '{{server.Address}}', colour: red}
                SOUND: {url: '{{server.Address}}'}
              mail: {host: 127.0.0.1, port: {{plain.Port}}, security: None, from: a@b.c, to: [b@b.c], user: u, password_file: password}
            """);

        var results = await runner.RunAsync(
            new NotificationOptions(RunOutcome.Failed, Guard) { PlanOnly = planOnly }, _reporter, TestWarehouse.Token);

        var told = results.Where(result => result.Channel == "sound");
        var broken = results.Where(result => result.Channel != "sound").ToList();
        Assert.Equal(planOnly ? NotificationStatus.Planned : NotificationStatus.Sent, Assert.Single(told).Status);
        Assert.Equal(planOnly ? 0 : 1, server.Requests.Count);
        Assert.Empty(plain.Commands);
        Assert.All(broken, result => Assert.Equal(NotificationStatus.Failed, result.Status));
        Assert.Equal(
            [
                "SOUND could not be told: line 10 of pipeline.yml: 'SOUND' is there already, as 'sound'.",
                "bad could not be told: line 5 of pipeline.yml: 'url' is no address; write http://host or https://host.",
                "none could not be told: line 6 of pipeline.yml: exactly one of 'url', 'url_variable' and 'url_file' says where the webhook "
                + "is.",
                "text could not be told: line 7 of pipeline.yml: 'text' must be a mapping.",
                "format could not be told: line 8 of pipeline.yml: 'format' must be one of json, slack, teams, not 'Xml'.",
                "spelt could not be told: line 9 of pipeline.yml: unknown key 'colour'; known are format, url, url_variable, url_file, "
                + "token_variable, token_file.",
                "mail could not be told: line 11 of pipeline.yml: a password is not sent in the clear; write StartTls or Tls.",
            ],
            broken.Select(result => result.Detail));
        Assert.Equal(broken.Select(result => result.Detail), _reporter.Warnings.Skip(1));
        Assert.Contains("'link' is no address", _reporter.Warnings.First(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task That_a_channel_cannot_be_told_is_said_where_there_is_nothing_to_tell()
    {
        var runner = Load("notify: {mail: {host: 'a b', from: a@example.com, to: [b@example.com]}}");

        Assert.Empty(await runner.RunAsync(new NotificationOptions(RunOutcome.Sound, Reason: null), _reporter, TestWarehouse.Token));

        Assert.StartsWith("mail could not be told: line 1 of ", Assert.Single(_reporter.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("two\nlines", true)]
    [InlineData("schlüssel", true)]
    [InlineData("https://h/two\nhttps://h/lines", false)]
    [InlineData("h/no-scheme", false)]
    [InlineData("https://user:word@h/", false)]
    public async Task A_secret_that_cannot_be_sent_is_a_warning_that_does_not_show_it(string secret, bool isToken)
    {
        await using var server = new LoopbackHttp();
        var file = Path.Combine(_folder.Path, "secret");
        await File.WriteAllTextAsync(file, secret, TestWarehouse.Token);
        var source = new SecretSource(Variable: null, file);
        var settings = Settings with
        {
            Webhooks =
            [
                isToken
                    ? new WebhookSettings("ops", WebhookFormat.Json, server.Address, SecretUrl: null, source)
                    : new WebhookSettings("ops", WebhookFormat.Json, Url: null, source, Token: null),
            ],
        };

        var result = Assert.Single(await TellAsync(settings, RunOutcome.Failed, Guard));

        Assert.Equal(NotificationStatus.Failed, result.Status);
        Assert.StartsWith($"What the file {file} holds ", Assert.Single(_reporter.Warnings), StringComparison.Ordinal);
        Assert.All(secret.Split('\n'), line => Assert.DoesNotContain(line, result.Detail, StringComparison.Ordinal));
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("AUTH", "535 no", "does not take user and password")]
    [InlineData("RCPT", "550 no ops@example.com", "answers 550")]
    [InlineData("DATA", "500 no", "answers 500")]
    public async Task A_mail_server_that_refuses_is_a_warning(string command, string answer, string said)
    {
        await using var server = new LoopbackMail { Refuses = (command, answer) };

        var result = Assert.Single(await TellAsync(MailTo(server.Port, Password()), RunOutcome.Failed, Guard));

        Assert.Equal(NotificationStatus.Failed, result.Status);
        Assert.Contains(said, result.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("ops@example.com", result.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("EHLO")]
    [InlineData("DATA")]
    public async Task A_mail_server_that_hangs_takes_no_longer_than_it_may(string command)
    {
        await using var server = new LoopbackMail { HangsAt = command };
        var clock = Stopwatch.StartNew();

        var result = Assert.Single(
            await TellAsync(MailTo(server.Port, Password()) with { Timeout = TimeSpan.FromSeconds(1) }, RunOutcome.Failed, Guard));

        Assert.Equal("mail could not be told: it took more than 1 s.", result.Detail);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10), $"It took {clock.Elapsed}.");
    }

    [Fact]
    public async Task The_same_is_told_once_and_a_recovery_only_after_a_failure()
    {
        await using var test = await TestWarehouse.CreateAsync();
        await using var server = new LoopbackHttp();
        var other = NotificationReason.Of("SourceMissing", LoyaltyErrors.SourceMissing.Because("It is gone."));
        (RunOutcome Outcome, NotificationReason? Reason, int Day, string Said)[] days =
        [
            (RunOutcome.Sound, null, 1, ""),
            (RunOutcome.Failed, Guard, 2, "failure"),
            (RunOutcome.Failed, Guard, 3, ""),
            (RunOutcome.Failed, other, 4, "failure"),
            (RunOutcome.Failed, other, 10, ""),
            (RunOutcome.Failed, other, 11, "failure"),
            (RunOutcome.Sound, null, 12, "recovery"),
            (RunOutcome.Sound, null, 13, ""),
            (RunOutcome.Failed, other, 14, "failure"),
        ];

        foreach (var (outcome, reason, day, said) in days)
        {
            server.Requests.Clear();
            await TellAsync(Hook(server.Address), outcome, reason, test, day);
            Assert.Equal(said, string.Join(' ', server.Requests.Select(request => (string?)JsonNode.Parse(request.Body)!["event"])));
        }

        Assert.Equal(
            ["Failed Sent", "Failed Sent", "Failed Sent", "Sound Sent", "Failed Sent"],
            await test.RowsAsync("SELECT OUTCOME || ' ' || STATUS FROM LOYALTY.NOTIFICATION ORDER BY TOLD_AT"));
        Assert.Equal(
            ["""{"channels":1,"failed":0,"outcome":"Failed"}""", """{"channels":1,"failed":0,"outcome":"Sound"}"""],
            await test.RowsAsync("SELECT DISTINCT PARAMETERS FROM LOYALTY.AUDIT WHERE ACTION = 'Notify' ORDER BY 1"));
        Assert.Equal(["5"], await test.RowsAsync("SELECT COUNT(*) FROM LOYALTY.AUDIT WHERE ACTION = 'Notify' AND OUTCOME = 'Succeeded'"));
    }

    [Fact]
    public async Task What_was_told_and_its_entry_in_the_trail_are_kept_together_or_not_at_all()
    {
        await using var test = await TestWarehouse.CreateAsync();
        await using var server = new LoopbackHttp();
        await test.ExecuteAsync("DELETE FROM LOYALTY.AUDIT_HEAD");

        await TellAsync(Hook(server.Address), RunOutcome.Failed, Guard, test);

        Assert.Single(server.Requests);
        Assert.Empty(await test.RowsAsync("SELECT CHANNEL FROM LOYALTY.NOTIFICATION"));
    }

    [Fact]
    public async Task Who_could_not_be_told_is_told_the_next_time()
    {
        await using var test = await TestWarehouse.CreateAsync();
        await using (var broken = new LoopbackHttp(500))
            await TellAsync(Hook(broken.Address), RunOutcome.Failed, Guard, test, day: 1);
        await using var server = new LoopbackHttp();

        await TellAsync(Hook(server.Address), RunOutcome.Failed, Guard, test, day: 2);

        Assert.Single(server.Requests);
        Assert.Equal(["Failed", "Sent"], await test.RowsAsync("SELECT STATUS FROM LOYALTY.NOTIFICATION ORDER BY TOLD_AT"));
    }

    [Fact]
    public async Task A_recovery_that_nobody_wants_to_hear_of_is_one_all_the_same()
    {
        await using var test = await TestWarehouse.CreateAsync();
        await using var server = new LoopbackHttp();
        var settings = Hook(server.Address) with { Events = [NotificationEvent.Failure] };

        foreach (var (outcome, day) in new[] { (RunOutcome.Failed, 1), (RunOutcome.Sound, 2), (RunOutcome.Failed, 3) })
            await TellAsync(settings, outcome, outcome == RunOutcome.Sound ? null : Guard, test, day);

        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task A_plan_sends_and_keeps_nothing()
    {
        await using var test = await TestWarehouse.CreateAsync();
        await using var server = new LoopbackHttp();
        var options = new NotificationOptions(RunOutcome.Failed, Guard) { Warehouse = test.Warehouse, PlanOnly = true };

        var result = Assert.Single(await new NotificationRunner(Hook(server.Address)).RunAsync(options, _reporter, TestWarehouse.Token));

        Assert.Equal(NotificationStatus.Planned, result.Status);
        Assert.Empty(server.Requests);
        Assert.Empty(await test.RowsAsync("SELECT CHANNEL FROM LOYALTY.NOTIFICATION"));
    }

    [Fact]
    public void Words_that_may_hold_personal_data_are_not_sent()
    {
        var engine = NotificationReason.Of("QueryFailed", LoyaltyErrors.QueryFailed.Because("Could not convert 'ada@example.org'"));
        var unknown = NotificationReason.Of("UnexpectedFailure", new IOException("Could not read ada@example.org"));
        var path = NotificationReason.Of(
            "SourcePathNotFound", LoyaltyErrors.SourcePathNotFound.Because("There is no /home/ada@example.org/x.csv."));

        Assert.All(new[] { engine, unknown, path }, reason => Assert.DoesNotContain("ada@", reason.Text, StringComparison.Ordinal));
        Assert.Equal(("QueryFailed", "UnexpectedFailure", "SourcePathNotFound"), (engine.Id, unknown.Id, path.Id));
        Assert.Equal("There is no /home/***/x.csv.", path.Text);
        var remedy = NotificationReason.Of(
            "SourcePathNotFound", LoyaltyErrors.SourcePathNotFound.Because("There is none.", remedy: "Ask ada@example.org for it.")).Remedy;
        Assert.Equal("Ask *** for it.", remedy);
    }

    [Theory]
    [InlineData("personal ada@example.org", "personal ada@example.org", "IOException")]
    [InlineData("Lovelace", "Lovelace", "IOException")]
    [InlineData("Lovelace", "Lovelace, Ada", "IOException")]
    [InlineData("", "words", "IOException")]
    [InlineData("PathNotFound", "words", "PathNotFound")]
    [InlineData("Microsoft.PowerShell.Commands.WriteErrorException", "words", "Microsoft.PowerShell.Commands.WriteErrorException")]
    public void What_a_script_throws_is_not_told_as_an_id(string errorId, string message, string told)
    {
        var reason = NotificationReason.Of(errorId, new IOException(message));

        Assert.Equal(told, reason.Id);
        Assert.DoesNotContain(message, reason.Text, StringComparison.Ordinal);
        Assert.NotEmpty(reason.Remedy);
    }

    [Fact]
    public void An_id_of_the_catalogue_that_a_script_gives_has_its_remedy()
    {
        var reason = NotificationReason.Of("SourcePathNotFound", new IOException("ada has no file"), target: "ada");

        Assert.Equal(("SourcePathNotFound", LoyaltyErrors.SourcePathNotFound.Remedy), (reason.Id, reason.Remedy));
        Assert.DoesNotContain("ada", reason.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_finding_in_the_configuration_is_told_in_its_own_words()
    {
        var path = Path.Combine(_folder.Path, "a@example.org", "pipeline.yml");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, "guards:\n  deletes: 10\n", TestWarehouse.Token);
        var finding = await new ConfigTest(Repository.SqlFolder)
            .RunAsync(path, new ConfigTestOptions { IsOffline = true }, _reporter, TestWarehouse.Token).FirstAsync(TestWarehouse.Token);

        var reason = NotificationReason.Of("ConfigInvalid", new IOException("words of a script"), finding);
        var other = NotificationReason.Of("QueryFailed", new IOException("words of a script"), finding);

        Assert.EndsWith(
            "pipeline.yml line 2, guards.deletes: 'deletes' must be a percentage such as 30%, not '10'", reason.Text,
            StringComparison.Ordinal);
        Assert.DoesNotContain("a@example.org", reason.Text, StringComparison.Ordinal);
        Assert.Equal(finding.Remedy, reason.Remedy);
        Assert.DoesNotContain("deletes", other.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_told_is_no_longer_than_its_readers_take()
    {
        await using var server = new LoopbackHttp();
        var reason = NotificationReason.Of(
            "GuardTripped", LoyaltyErrors.GuardTripped.Because(string.Concat(Enumerable.Repeat("\U0001F600", 3000))));
        var hook = Hook(server.Address);
        hook = hook with { Webhooks = [hook.Webhooks[0] with { Format = WebhookFormat.Slack }] };

        await TellAsync(hook, RunOutcome.Failed, reason with { Id = string.Join(", ", Enumerable.Repeat("own.check", 100)) });

        var body = JsonNode.Parse(Assert.Single(server.Requests).Body)!;
        var title = (string?)body["blocks"]![0]!["text"]!["text"];
        Assert.True(title!.Length <= 150 && title.EndsWith('…'), title);
        Assert.InRange(reason.Text.Length, 1990, 2000);
        Assert.DoesNotContain('\uFFFD', (string?)body["blocks"]![1]!["text"]!["text"] ?? "");
    }

    [Fact]
    public async Task Without_a_reason_no_empty_place_is_left_for_one()
    {
        await using var test = await TestWarehouse.CreateAsync();
        await using var server = new LoopbackHttp();

        await TellAsync(Hook(server.Address), RunOutcome.Failed, reason: null, test, day: 1);
        var again = Assert.Single(await TellAsync(Hook(server.Address), RunOutcome.Failed, reason: null, test, day: 2));

        Assert.Equal("Loyalty pipeline: the run failed", (string?)JsonNode.Parse(Assert.Single(server.Requests).Body)!["title"]);
        Assert.Equal("It was told on 2026-07-01, and is told again after 7 days.", again.Detail);
    }

    private NotificationRunner Load(string text)
    {
        var path = Path.Combine(_folder.Path, "pipeline.yml");
        File.WriteAllText(path, text);
        return NotificationRunner.Load(Repository.SqlFolder, path, _reporter)!;
    }

    private static NotifySettings Settings { get; } = new() { Link = new Uri("https://intranet.example/loyalty") };

    private static NotifySettings Hook(Uri address) =>
        Settings with { Webhooks = [new WebhookSettings("ops", WebhookFormat.Json, address, SecretUrl: null, Token: null)] };

    private static NotifySettings MailTo(int port, SecretSource password) => Settings with
    {
        Mail = new MailSettings("127.0.0.1", port, MailSecurity.StartTls, "loyalty@example.com", ["ops@example.com"], "loyalty", password),
    };

    private SecretSource Password()
    {
        var file = Path.Combine(_folder.Path, "password");
        File.WriteAllText(file, "a-password\n");
        return new SecretSource(Variable: null, file);
    }

    private Task<IReadOnlyList<NotificationResult>> TellAsync(
        NotifySettings settings, RunOutcome outcome, NotificationReason? reason, TestWarehouse? test = null, int day = 1) =>
        new NotificationRunner(settings)
        {
            Judge = static (_, certificate, _, _) => certificate?.Subject == "CN=127.0.0.1",
            Now = () => new DateTime(2026, 7, day, 4, 0, 0, DateTimeKind.Utc),
        }.RunAsync(new NotificationOptions(outcome, reason) { Warehouse = test?.Warehouse }, _reporter, TestWarehouse.Token);
}
