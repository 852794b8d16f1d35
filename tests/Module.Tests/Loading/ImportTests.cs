using LoyaltyPipeline.Module.Tests.Support;

namespace LoyaltyPipeline.Module.Tests.Loading;

public sealed class ImportTests
{
    private const string Names = "(Get-Command -Module LoyaltyPipeline).ForEach{ $_.Name }";

    [Fact]
    public void The_manifest_exports_exactly_the_cmdlets_of_the_assembly()
    {
        using var session = new ModuleRunspace();

        var exported = session.Run(Names).Succeeded().Output;
        var built = session.Run("(Get-Command Connect-LoyaltyWarehouse).ImplementingType.Assembly.GetExportedTypes().Where{ $_.IsDefined([System.Management.Automation.CmdletAttribute], $false) }.ForEach{ "
            + "$c = $_.GetCustomAttributes([System.Management.Automation.CmdletAttribute], $false)[0]; \"$($c.VerbName)-$($c.NounName)\" }")
            .Succeeded().Output;

        Assert.NotEmpty(exported);
        Assert.Equal(built.Order(), exported.Order());
    }

    [Fact]
    public void Both_manifests_have_the_version_of_the_assembly()
    {
        using var session = new ModuleRunspace();

        Assert.Equal(
            [true, true],
            session.Run(
                "$assembly = (Get-Command Connect-LoyaltyWarehouse).ImplementingType.Assembly.GetName().Version; $module = Get-Module LoyaltyPipeline; foreach ($manifest in $module, $module.NestedModules.Where{ $_.Name -eq 'LoyaltyPipeline.Help' }[0]) { $manifest.Version -eq $assembly.ToString(3) }").Succeeded().Output);
    }

    [Fact]
    public async Task Before_a_build_it_says_what_to_run()
    {
        using var folder = new ScratchFolder();
        var module = Directory.CreateDirectory(Path.Combine(folder.Path, "module"));
        File.Copy(ModuleRunspace.Manifest, Path.Combine(folder.Path, "LoyaltyPipeline.psd1"));
        foreach (var file in new FileInfo(ModuleRunspace.Manifest).Directory!.EnumerateFiles("module/LoyaltyPipeline.*")
            .Where(file => file.Extension is ".psd1" or ".psm1" or ".ps1xml"))
            file.CopyTo(Path.Combine(module.FullName, file.Name));

        var lines = await FreshProcess.RunAsync(
            $"try {{ Import-Module '{Path.Combine(folder.Path, "LoyaltyPipeline.psd1")}' }} catch {{ \"$_\" }}; @(Get-Module LoyaltyPipeline*).Count");

        Assert.Equal("0", lines[^1]);
        Assert.StartsWith(
            $"LoyaltyPipeline has not been built: there is no {Path.Combine(module.FullName, "LoyaltyPipeline.dll")}. Run {Path.Combine(folder.Path, "build.ps1")}", lines[^2], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Import-Module '{0}' -Prefix X")]
    [InlineData("Import-Module '{0}' -Prefix X -Force")]
    [InlineData("Import-Module '{0}' -Prefix W; Import-Module '{0}' -Prefix X -Force")]
    [InlineData("Import-Module '{0}'; Remove-Module LoyaltyPipeline; Import-Module '{0}' -Prefix X")]
    public void With_a_prefix_every_cmdlet_has_it_and_works_and_has_its_help(string script)
    {
        using var session = new ModuleRunspace();
        var plain = session.Run(Names).Succeeded().Output.Cast<string>();

        session.Run($"Remove-Module LoyaltyPipeline; {string.Format(null, script, ModuleRunspace.Manifest)}").Succeeded();

        Assert.Equal(plain.Select(name => name.Replace("-", "-X", StringComparison.Ordinal)), session.Run(Names).Succeeded().Output);
        Assert.Equal(
            [true, "LOYALTY"],
            session.Run(
                "$w = Connect-XLoyaltyWarehouse ':memory:'; $w.IsOpen; (Initialize-XLoyaltyWarehouse)[0].Name; Disconnect-XLoyaltyWarehouse")
                .Succeeded().Output);
        Assert.Equal([true], session.Run("(Get-Help Get-XLoyaltyRun).Synopsis -like 'Reads the log*'").Succeeded().Output);
        Assert.Empty(session.Run("Remove-Module LoyaltyPipeline; Get-Command *-*Loyalty*").Succeeded().Output);
    }

    [Fact]
    public void Removing_the_module_disconnects_the_warehouse_of_its_own_session_alone()
    {
        using var staying = new ModuleRunspace();
        using var leaving = new ModuleRunspace();
        staying.Run("$connected = Connect-LoyaltyWarehouse ':memory:'").Succeeded();

        Assert.Equal(
            [true, false],
            leaving.Run(
                "$connected = Connect-LoyaltyWarehouse ':memory:'; $connected.IsOpen; Remove-Module LoyaltyPipeline; $connected.IsOpen")
                .Succeeded().Output);
        Assert.Equal([true], staying.Run("$connected.IsOpen").Succeeded().Output);
    }

    [Fact]
    public void Two_runspaces_both_have_every_cmdlet()
    {
        using var first = new ModuleRunspace();
        using var second = new ModuleRunspace();

        first.Run($"Import-Module '{ModuleRunspace.Manifest}' -Force").Succeeded();

        Assert.Equal(first.Run(Names).Succeeded().Output, second.Run(Names).Succeeded().Output);
    }

    [Fact]
    public async Task A_fresh_process_imports_removes_and_imports_again()
    {
        var script = $"Import-Module '{ModuleRunspace.Manifest}'; Remove-Module LoyaltyPipeline; Import-Module '{ModuleRunspace.Manifest}'; "
            + "Import-Module '" + ModuleRunspace.Manifest
            + "' -Force; (Connect-LoyaltyWarehouse ':memory:').IsOpen; @(Initialize-LoyaltyWarehouse).Count -gt 5";

        var lines = await FreshProcess.RunAsync(script, script);

        Assert.Equal(["True", "True", "True", "True"], lines.Where(line => line is "True" or "False"));
    }
}
