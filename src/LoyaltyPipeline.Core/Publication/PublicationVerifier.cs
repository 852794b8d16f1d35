using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Hashing;
using LoyaltyPipeline.Core.Publication.Languages;
using LoyaltyPipeline.Core.Publication.Renaming;
using LoyaltyPipeline.Core.Publication.Verification;
using LoyaltyPipeline.Core.Publication.Words;
using LoyaltyPipeline.Core.Reporting;

namespace LoyaltyPipeline.Core.Publication;

/// <summary>Proves that copies hold no name of the map, and that they say what their files say.</summary>
public sealed class PublicationVerifier
{
    private readonly MapFile _map;
    private readonly LeftoverSearch _leftovers;
    private readonly Func<string, IReadOnlyList<ScriptToken>> _powerShell;

    private PublicationVerifier(MapFile map, LanguageWords words, Func<string, IReadOnlyList<ScriptToken>> powerShell)
    {
        _map = map;
        _leftovers = new LeftoverSearch(map.Names, new NameRules(words, map.Keep, map.IsRunnable));
        _powerShell = powerShell;
    }

    /// <summary>Verifies copies.</summary>
    /// <param name="paths">Full paths of copies, and of folders of them.</param>
    /// <param name="mapPath">The full path of the map.</param>
    /// <param name="powerShell">PowerShell's own parser.</param>
    /// <param name="reporter">Is told what is left out.</param>
    /// <returns>The files, each with what was found in it.</returns>
    /// <exception cref="LoyaltyException"><c>ScriptNotFound</c>, <c>PublicationMapInvalid</c>.</exception>
    public static async Task<IReadOnlyList<VerifiedCopy>> VerifyAsync(
        IReadOnlyList<string> paths, string mapPath, Func<string, IReadOnlyList<ScriptToken>> powerShell, IRunReporter reporter,
        CancellationToken cancellationToken)
    {
        var map = MapFile.Read(mapPath, isNew: false);
        var files = new ScriptFiles([mapPath], reporter).Find(paths);
        return await new PublicationVerifier(map, await LanguageWords.LoadAsync(cancellationToken), powerShell)
            .VerifyAsync(files, cancellationToken);
    }

    private async Task<IReadOnlyList<VerifiedCopy>> VerifyAsync(IReadOnlyList<ScriptFile> files, CancellationToken cancellationToken)
    {
        var results = new List<VerifiedCopy>();
        var copies = new List<(ScriptFile File, ScriptText Text)>();
        foreach (var file in files)
        {
            try
            {
                copies.Add((file, ScriptText.Read(file.Path)));
            }
            catch (LoyaltyException exception) when (exception.Definition == LoyaltyErrors.ScriptUnusable)
            {
                results.Add(new VerifiedCopy(new PublishedFile(file.Path, file.Path, file.Kind, 0) { Verified = false }, [exception]));
            }
        }

        var (renamed, original) = (new CatalogSchema(), new CatalogSchema());
        foreach (var (_, text) in copies.Where(copy => copy.File.Kind == ScriptKind.Yaml))
        {
            renamed.Add(text.Text);
            original.Add(Restore(text.Text));
        }

        await using var after = await StatementPlans.OpenAsync(renamed, cancellationToken);
        await using var before = await StatementPlans.OpenAsync(original, cancellationToken);
        foreach (var (file, text) in copies)
        {
            cancellationToken.ThrowIfCancellationRequested();
            results.Add(await VerifyAsync(file, text, after, before, cancellationToken));
        }

        return results;
    }

    private async Task<VerifiedCopy> VerifyAsync(
        ScriptFile file, ScriptText copy, StatementPlans after, StatementPlans before, CancellationToken cancellationToken)
    {
        var check = new CopyCheck(file.Path, Restore);
        var text = copy.Text;
        List<LoyaltyException> findings = [.. Leaks(file.Name, file.Path, isName: true), .. Leaks(text, file.Path, isName: false)];
        var changed = file.Kind switch
        {
            ScriptKind.Sql => await check.OfSqlAsync(text, after, before, cancellationToken),
            ScriptKind.Yaml => check.OfYaml(text),
            ScriptKind.PowerShell => check.OfPowerShell(text, _powerShell),
            _ => null,
        };
        if (changed is not null)
            findings.Add(changed);
        else if (!_map.Hashes.Contains(TextHash.Sha256((copy with { Text = Restore(text) }).Bytes)))
            findings.Add(check.Changed("it was changed after it was published, or published with another map"));
        var names = CopyNames.Count(text, _map.Names);
        return new VerifiedCopy(
            new PublishedFile(file.Path, file.Path, file.Kind, names) { Verified = findings.Count == 0, Planned = check.Planned },
            findings);
    }

    private string Restore(string copy) => Renamer.Restore(copy, _map.Names);

    private IEnumerable<LoyaltyException> Leaks(string text, string path, bool isName)
    {
        foreach (var (line, name) in _leftovers.In(text).Select(found => (text.AsSpan(0, found.Start).Count('\n') + 1, found.Name)).Distinct())
        {
            var place = isName ? $"The name of {path}" : $"{path} line {line}";
            yield return LoyaltyErrors.PublicationLeak.Because($"{place}: {name} is left.", path);
        }
    }
}
