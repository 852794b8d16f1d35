using LoyaltyPipeline.Core.Errors;

namespace LoyaltyPipeline.Core.Readiness;

/// <summary>What is wrong with a configuration, or with what it names.</summary>
public sealed class ConfigFinding
{
    private ConfigFinding()
    {
    }

    /// <summary>How grave it is.</summary>
    public ConfigSeverity Severity { get; private init; }

    /// <summary>The line.</summary>
    public int Line { get; private init; }

    /// <summary>The setting, with the keys above it, as <c>consumers.Marketing.destination</c>; empty for the file as a whole.</summary>
    public string Key { get; private init; } = string.Empty;

    /// <summary>What is wrong.</summary>
    public string Message { get; private init; } = string.Empty;

    /// <summary>What to do.</summary>
    public string Remedy { get; private init; } = string.Empty;

    /// <summary>The id of the error that a run would have.</summary>
    public string ErrorId { get; private init; } = string.Empty;

    /// <summary>The configuration file.</summary>
    public string Path { get; private init; } = string.Empty;

    /// <summary>A fault that was found in reading.</summary>
    internal static ConfigFinding Of(LoyaltyException fault, string path) => fault.Place is { } place
        ? Make(ConfigSeverity.Error, fault.Definition, path, place.Line, place.Key, place.Reason, fault.Remedy)
        : Make(ConfigSeverity.Error, fault.Definition, path, line: 1, key: string.Empty, fault.Message, fault.Remedy);

    /// <summary>Something that was found in trying what a setting names.</summary>
    internal static ConfigFinding Of(LoyaltyException failure, ConfigSetting setting) =>
        Make(ConfigSeverity.Error, failure.Definition, setting.Path, setting.Line, setting.Key, failure.Message, failure.Remedy);

    /// <summary>A warning about a setting.</summary>
    internal static ConfigFinding Warning(ConfigSetting setting, string message, string remedy) =>
        Make(ConfigSeverity.Warning, LoyaltyErrors.ConfigInvalid, setting.Path, setting.Line, setting.Key, message, remedy);

    private static ConfigFinding Make(
        ConfigSeverity severity, ErrorDefinition definition, string path, int line, string key, string message, string remedy) =>
        new()
        {
            Severity = severity,
            ErrorId = definition.Id,
            Path = path,
            Line = line,
            Key = key,
            Message = message,
            Remedy = remedy,
        };
}
