using System.Net.Mail;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Yaml;

namespace LoyaltyPipeline.Core.Configuration.Notify;

/// <summary>Reads the section <c>notify</c> of <c>pipeline.yml</c>.</summary>
internal static class NotifyReader
{
    private const string Mail = "mail";
    private const int LongestSeconds = 300;
    private const int LastPort = 65535;

    /// <summary>Reads the section.</summary>
    /// <param name="folder">Where relative files of secrets begin.</param>
    public static NotifySettings Read(YamlMap map, string folder)
    {
        map.AllowOnly("on", "link", "timeout_seconds", "remind_after_days", "webhooks", "mail");
        var defaults = new NotifySettings();
        var unusable = new List<UnusableChannel>();
        return new NotifySettings
        {
            Events = map.Read("on", _ => ReadEvents(map), defaults.Events),
            Link = map.Read<Uri?>("link", key => EndpointReader.ReadAddress(map, key), otherwise: null),
            Timeout = TimeSpan.FromSeconds(
                map.Read(
                    "timeout_seconds", key => EndpointReader.ReadCount(map, key, LongestSeconds), (int)defaults.Timeout.TotalSeconds)),
            RemindAfterDays = map.Read(
                "remind_after_days", key => EndpointReader.ReadCount(map, key, int.MaxValue), defaults.RemindAfterDays),
            Webhooks = map.Read("webhooks", key => ReadWebhooks(map.Map(key), folder, unusable), defaults.Webhooks),
            Mail = map.Has(Mail) ? ReadWhole(map, Mail, mail => ReadMail(mail, folder), unusable) : null,
            Unusable = unusable,
        };
    }

    private static IReadOnlyList<NotificationEvent> ReadEvents(YamlMap map)
    {
        var known = Enum.GetValues<NotificationEvent>().ToDictionary(Word, StringComparer.OrdinalIgnoreCase);
        var texts = map.Texts("on").ToLookup(known.ContainsKey);
        foreach (var unknown in texts[false])
            map.Report("on", $"'{unknown}' is nothing that is told of; there are {string.Join(", ", known.Keys)}");
        return [.. texts[true].Select(text => known[text]).Distinct()];
    }

    // As settings are spelled: not_sound.
    private static string Word(NotificationEvent value) =>
        value == NotificationEvent.NotSound ? "not_sound" : value.ToString().ToLowerInvariant();

    private static IReadOnlyList<WebhookSettings> ReadWebhooks(YamlMap map, string folder, List<UnusableChannel> unusable)
    {
        var names = map.HeardBy(twice => unusable.Add(Unusable(twice.Place!.Key["notify.webhooks.".Length..], [twice]))).Keys;
        return [.. names.Select(name => ReadWhole(map, name, webhook => ReadWebhook(webhook, name, folder), unusable))
            .OfType<WebhookSettings>()];
    }

    // Where a fault is heard of, and reading goes on, the other channels are told all the same.
    private static T? ReadWhole<T>(YamlMap map, string name, Func<YamlMap, T> read, List<UnusableChannel> unusable)
        where T : class
    {
        var faults = new List<LoyaltyException>();
        var heard = map.HeardBy(faults.Add);
        var channel = heard.Try<T?>(() => read(heard.Map(name)), otherwise: null);
        if (faults.Count == 0)
            return channel;
        unusable.Add(Unusable(name, faults));
        return null;
    }

    private static UnusableChannel Unusable(string name, IEnumerable<LoyaltyException> faults) => new(
        name,
        string.Join(
            "; ", faults.Select(fault => $"line {fault.Place!.Line} of {Path.GetFileName(fault.Place.Path)}: {fault.Place.Reason}")));

    private static WebhookSettings ReadWebhook(YamlMap map, string name, string folder)
    {
        map.AllowOnly("format", "url", "url_variable", "url_file", "token_variable", "token_file");
        var format = map.Read("format", map.Choice<WebhookFormat>, WebhookFormat.Json);
        var url = map.Read<Uri?>("url", key => EndpointReader.ReadAddress(map, key), otherwise: null);
        var secret = EndpointReader.ReadSecret(map, "url", folder);
        if (map.Has("url") == secret is not null)
            map.Report("url", "exactly one of 'url', 'url_variable' and 'url_file' says where the webhook is");
        if (map.Has("url") && format != WebhookFormat.Json)
            map.Report(
                "url",
                $"the address of a webhook of {format} is a secret: who has it can write there; name it with 'url_variable' or 'url_file'");
        return new WebhookSettings(name, format, url, secret, EndpointReader.ReadSecret(map, "token", folder));
    }

    private static MailSettings ReadMail(YamlMap map, string folder)
    {
        map.AllowOnly("host", "port", "security", "from", "to", "user", "password_variable", "password_file");
        var security = map.Read("security", map.Choice<MailSecurity>, MailSecurity.StartTls);
        var user = map.Read("user", map.Text, otherwise: null);
        var password = EndpointReader.ReadSecret(map, "password", folder);
        if (user is not null && password is null)
            map.Report("user", "a user has a password: name it with 'password_variable' or 'password_file'");
        if (password is not null && user is null)
            map.Report("password_variable", "a password is that of a 'user', and none is named");
        if (user is not null && security == MailSecurity.None)
            map.Report("security", "a password is not sent in the clear; write StartTls or Tls");
        return new MailSettings(
            map.Try(() => ReadHost(map), string.Empty),
            map.Read("port", key => EndpointReader.ReadCount(map, key, LastPort), security == MailSecurity.Tls ? 465 : 587),
            security,
            map.Try(() => ReadMailbox(map, "from", map.Text("from")), string.Empty),
            map.Try(() => ReadReceivers(map), []),
            user,
            password);
    }

    private static string ReadHost(YamlMap map) => Uri.CheckHostName(map.Text("host")) != UriHostNameType.Unknown
        ? map.Text("host")
        : throw map.Wrong("host", "'host' is no name of a server, nor its address; write one such as mail.example.com");

    private static IReadOnlyList<string> ReadReceivers(YamlMap map)
    {
        var receivers = map.Texts("to");
        return receivers.Count > 0
            ? [.. receivers.Select(text => ReadMailbox(map, "to", text))]
            : throw map.Wrong("to", "'to' names nobody");
    }

    private static string ReadMailbox(YamlMap map, string key, string text) =>
        MailAddress.TryCreate(text, out var address) && address.Address == text
            ? text
            : throw map.Wrong(key, $"'{text}' is no mail address; write one such as ops@example.com");
}
