using System.Diagnostics;
using System.Net.Security;
using LoyaltyPipeline.Core.Configuration.Notify;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Notification.Mail;
using LoyaltyPipeline.Core.Reporting;

namespace LoyaltyPipeline.Core.Notification;

/// <summary>
/// Tells people what came of a scheduled run, each once: not the same again every day, and of a recovery only after a failure. Whatever
/// goes wrong with that is a warning, never a failure.
/// </summary>
public sealed class NotificationRunner(NotifySettings settings)
{
    /// <summary>Judges certificates of mail servers in place of the system; null for the system.</summary>
    internal RemoteCertificateValidationCallback? Judge { get; init; }

    /// <summary>What time it is (UTC).</summary>
    internal Func<DateTime> Now { get; init; } = static () => DateTime.UtcNow;

    private IEnumerable<INotificationChannel> Channels
    {
        get
        {
            foreach (var webhook in settings.Webhooks)
                yield return new WebhookChannel(webhook);
            if (settings.Mail is { } mail)
                yield return new MailChannel(mail) { Judge = Judge };
            foreach (var unusable in settings.Unusable)
                yield return new BrokenChannel(unusable);
        }
    }

    /// <summary>Reads who is told. What else is wrong with the file keeps nobody from being told of it.</summary>
    /// <param name="sqlFolder">The folder with <c>catalog.yml</c>.</param>
    /// <returns>The runner; null where the file cannot be read at all.</returns>
    public static NotificationRunner? Load(string sqlFolder, string configPath, IRunReporter reporter)
    {
        try
        {
            var (pipeline, _) = PipelineLoader.Load(sqlFolder, configPath, fault =>
            {
                if (fault.Place?.Key is { } key && key.Split('.')[0] == "notify" && !IsOfChannel(key))
                    reporter.Warning($"{fault.Message}. {fault.Remedy}");
            });
            return new NotificationRunner(pipeline.Config.Notify);
        }
        catch (LoyaltyException unreadable)
        {
            reporter.Warning($"Nobody can be told: {unreadable.Message}");
            return null;
        }
    }

    // Of a channel its result says it, each time.
    private static bool IsOfChannel(string key) =>
        key.StartsWith("notify.webhooks.", StringComparison.Ordinal) || key.Split('.') is ["notify", "mail", ..];

    /// <summary>Tells people.</summary>
    /// <returns>What became of each channel that there was something for.</returns>
    public async Task<IReadOnlyList<NotificationResult>> RunAsync(
        NotificationOptions options, IRunReporter reporter, CancellationToken cancellationToken)
    {
        var channels = Channels.ToList();
        if (channels.Count == 0)
            return [];
        var log = new NotificationLog(options.Warehouse, reporter);
        var told = await log.ReadAsync(cancellationToken);
        var message = await DescribeAsync(options, log, cancellationToken);
        var results = await Task.WhenAll(
            channels.Select(channel => TellAsync(channel, message, told.GetValueOrDefault(channel.Name), options, cancellationToken)));
        var done = results.OfType<NotificationResult>().ToList();
        foreach (var failure in done.Where(result => result.Status == NotificationStatus.Failed).Select(result => result.Detail)
            .Union(channels.OfType<BrokenChannel>().Select(channel => channel.Reason), StringComparer.Ordinal))
            reporter.Warning(failure);
        if (!options.PlanOnly)
            await log.WriteAsync(
                [.. done.Where(result => IsNew(result, told, options)).Select(result => new ToldRow(
                    message.SentAt, result.Channel, options.Outcome, options.Reason?.Id, message.RunId, result.Status, result.Detail))],
                cancellationToken);
        return done;
    }

    // What a channel is told no second time leaves its state as it was: it is to be reminded in time.
    private static bool IsNew(
        NotificationResult result, IReadOnlyDictionary<string, ToldState> told, NotificationOptions options) =>
        result.Status != NotificationStatus.Silent || told.GetValueOrDefault(result.Channel)?.Outcome != options.Outcome;

    private async Task<NotificationMessage> DescribeAsync(
        NotificationOptions options, NotificationLog log, CancellationToken cancellationToken)
    {
        var run = await log.FindNewestRunAsync(cancellationToken);
        return new NotificationMessage
        {
            // What each channel is told of, its own state says.
            Event = NotificationEvent.Recovery,
            Outcome = options.Outcome,
            RunId = run?.RunId,
            RunDate = options.RunDate ?? run?.Day,
            Reason = options.Reason,
            Link = settings.Link,
            Warehouse = options.Warehouse?.Location ?? "unknown",
            Host = Environment.MachineName,
            SentAt = Now(),
        };
    }

    private async Task<NotificationResult?> TellAsync(
        INotificationChannel channel, NotificationMessage message, ToldState? last, NotificationOptions options,
        CancellationToken cancellationToken)
    {
        var reasonId = options.Reason?.Id;
        if (ToldState.NewsOf(options.Outcome, reasonId, last, settings.RemindAfterDays, message.SentAt) is not { } news)
            return options.Outcome == RunOutcome.Sound
                ? null
                : Result(
                    NotificationStatus.Silent,
                    options.Outcome == RunOutcome.Failed ? NotificationEvent.Failure : NotificationEvent.NotSound,
                    $"{reasonId ?? "It"} was told on {last!.At:yyyy-MM-dd}, and is told again after {settings.RemindAfterDays} days.");
        message = message with { Event = news };
        if (!settings.Events.Contains(news))
            return Result(NotificationStatus.Silent, news, "'on' does not have it.");
        if (options.PlanOnly && channel is not BrokenChannel)
            return Result(NotificationStatus.Planned, news, message.Title);
        var clock = Stopwatch.StartNew();
        var failure = await WhatFailsAsync(channel, message, cancellationToken);
        return Result(
            failure is null ? NotificationStatus.Sent : NotificationStatus.Failed, news, failure ?? message.Title,
            clock.Elapsed.TotalSeconds);

        NotificationResult Result(NotificationStatus status, NotificationEvent what, string detail, double seconds = 0) =>
            new(channel.Name, what, status, detail, seconds);
    }

    // Whatever a channel does, those who are told of a failure are not told of another one instead.
    private async Task<string?> WhatFailsAsync(
        INotificationChannel channel, NotificationMessage message, CancellationToken cancellationToken)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(settings.Timeout);
        try
        {
            // Also where a library does not heed the token.
            await channel.SendAsync(message, limited.Token).WaitAsync(limited.Token);
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"{channel.Name} could not be told: it took more than {settings.Timeout.TotalSeconds:0} s.";
        }
        catch (LoyaltyException failure)
        {
            return failure.Message;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            return $"{channel.Name} could not be told, which nobody foresaw: {failure.GetType().Name}. Please report it.";
        }
    }
}
