using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace LoyaltyPipeline.Core.Files;

/// <summary>What Windows says of a file and .NET does not pass on.</summary>
[SupportedOSPlatform("windows")]
internal static class WindowsFileStatus
{
    private const uint ReadAttributes = 0x80;
    private const uint ShareAll = 7;
    private const uint OpenExisting = 3;
    private const uint FoldersToo = 0x02000000;

    /// <summary>Which file a path leads to. It is not opened for anything that would be in another program's way.</summary>
    /// <param name="path">The full path; links are followed.</param>
    /// <returns>The identity; null where there is no file, or it may not be looked at.</returns>
    public static FileIdentity? Find(string path)
    {
        using var file = Open(path, ReadAttributes, ShareAll, IntPtr.Zero, OpenExisting, FoldersToo, IntPtr.Zero);
        return !file.IsInvalid && Ask(file, out var facts)
            ? new FileIdentity(facts.Volume, ((ulong)facts.NumberHigh << 32) | facts.NumberLow)
            : null;
    }

    [DllImport("kernel32", EntryPoint = "CreateFileW", CharSet = CharSet.Unicode, ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern SafeFileHandle Open(
        string path, uint access, uint share, IntPtr security, uint disposition, uint flags, IntPtr template);

    [DllImport("kernel32", EntryPoint = "GetFileInformationByHandle", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool Ask(SafeFileHandle file, out Facts facts);

    [StructLayout(LayoutKind.Sequential, Pack = 4)]
    private readonly struct Facts
    {
        public readonly uint Attributes;
        public readonly long Created;
        public readonly long Accessed;
        public readonly long Written;
        public readonly uint Volume;
        public readonly uint SizeHigh;
        public readonly uint SizeLow;
        public readonly uint Links;
        public readonly uint NumberHigh;
        public readonly uint NumberLow;
    }
}
